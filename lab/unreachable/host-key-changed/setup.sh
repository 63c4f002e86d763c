rm -f /etc/ssh/ssh_host_*; ssh-keygen -A; pkill -x sshd; /usr/sbin/sshd
