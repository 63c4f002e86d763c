cp /srv/tls/c.pem /usr/local/share/ca-certificates/shop.crt
