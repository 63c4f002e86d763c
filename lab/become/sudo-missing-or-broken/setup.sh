chmod u-s /usr/bin/sudo
