mkdir -p /var/log/shop; echo 'starting' > /var/log/shop/start.log
