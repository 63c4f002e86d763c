mv /usr/bin/git /root/
