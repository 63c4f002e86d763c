mkdir -p /srv/front; echo '{"name":"front","version":"1.0.0"}' > /srv/front/package.json; chown -R ops /srv/front
