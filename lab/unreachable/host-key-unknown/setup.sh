rm -f /home/ops/.ssh/known_hosts
