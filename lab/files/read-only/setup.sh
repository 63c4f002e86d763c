mkdir -p /srv/media; mount -t tmpfs t /srv/media; chmod 777 /srv/media; mount -o remount,ro /srv/media
