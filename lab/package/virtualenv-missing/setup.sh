rm -f /usr/bin/virtualenv* /usr/local/bin/virtualenv*
