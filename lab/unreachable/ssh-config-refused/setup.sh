printf 'Host web01\n  User deploy\n' > /home/ops/.ssh/config; chown ops /home/ops/.ssh/config; chmod 666 /home/ops/.ssh/config
