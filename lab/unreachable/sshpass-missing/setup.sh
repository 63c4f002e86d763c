mv /usr/bin/sshpass /root/
