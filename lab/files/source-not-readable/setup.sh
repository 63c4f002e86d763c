chown root files/shop.key
chmod 600 files/shop.key
