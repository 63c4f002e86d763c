mkdir /tmp/shop; echo x > /tmp/shop/old.conf; chown -R ops /tmp/shop
