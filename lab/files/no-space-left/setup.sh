mkdir -p /srv/data; mount -t tmpfs -o size=64k,mode=777 t /srv/data; chmod 777 /srv/data; head -c 60000 /dev/zero > /srv/data/old
