usermod -s /usr/sbin/nologin deploy
