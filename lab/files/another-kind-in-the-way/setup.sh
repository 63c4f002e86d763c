mkdir -p /srv/shop
touch /srv/shop/uploads
