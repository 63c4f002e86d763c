echo "deb http://repo.example.net/ ./" > /etc/apt/sources.list
printf 'Acquire::Check-Valid-Until true;\nAcquire::Check-Date true;\n' > /etc/apt/apt.conf.d/zz
export GNUPGHOME=/root/g
mkdir -m 700 $GNUPGHOME
gpg --batch --passphrase '' --quick-gen-key 'Repo Team <repo@example.net>' ed25519 sign never
gpg --export > /etc/apt/trusted.gpg.d/shop.gpg
cd /srv/apt
sed -i "s/^Date:.*/Date: $(date -Ru -d '+3 hours' | sed 's/+0000/UTC/')/" Release
gpg --batch --clearsign -o InRelease Release
