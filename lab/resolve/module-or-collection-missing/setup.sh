mkdir -p /tmp/shop/plugins/modules /srv/www
cp -r of-the-collection/release.py /tmp/shop/plugins/modules/
printf 'namespace: acme\nname: shop\nversion: 1.0.0\nauthors: [Repo Team]\nreadme: README.md\n' > /tmp/shop/galaxy.yml
echo The shop > /tmp/shop/README.md
cd /tmp/shop && ansible-galaxy collection build --output-path /srv/www
