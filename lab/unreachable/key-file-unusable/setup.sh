chmod 644 /home/ops/.ssh/id_ed25519; sed -i 's/PasswordAuthentication yes/PasswordAuthentication no/' /etc/ssh/sshd_config; pkill -x sshd; /usr/sbin/sshd
