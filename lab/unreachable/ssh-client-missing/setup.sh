rm -f /usr/bin/ssh
