rm -f /usr/bin/apt-key
