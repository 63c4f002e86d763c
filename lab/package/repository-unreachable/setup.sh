echo "deb [trusted=yes] http://repo.example.net/ ./" > /etc/apt/sources.list
apt-get update -q
cd /srv/apt
mv pool/metrics-relay_1.0_all.deb pool/metrics-relay_1.0-2_all.deb
rm Release Packages.gz
dpkg-scanpackages -m pool > Packages
