# Makes the image that machines have on top of this system: users, keys, names, an apt repository, a Git repository, a
# certificate, a web server. $1: the folder for it. Run in namespaces of its own; wants the network for a few packages.
set -e
cd "$1"
here=$(dirname "$0")
rm -rf image work root
mkdir image work root
mount --make-rprivate /
mount -t overlay overlay -o lowerdir=/,upperdir=image,workdir=work root
mount -t proc proc root/proc
mount --rbind /dev root/dev
mount -t tmpfs -o mode=1777 t root/tmp
mount -t tmpfs -o mode=755 t root/run
cp "$here/www.py" root/srv/www.py
cp /etc/resolv.conf root/run/resolv.conf
cat > root/tmp/inside.sh <<'INSIDE'
set -e
chmod 755 /root
nice apt-get update -q
nice apt-get install -y -q sshpass rsync
mkdir -p /srv/apt/pool
(cd /srv/apt/pool && nice apt-get download -q git openssh-client python3-pexpect python3-ptyprocess sshpass unzip)

rm -rf /home/*
for user in $(awk -F: '$3 >= 1000 && $3 < 60000 { print $1 }' /etc/passwd); do userdel -f "$user" || true; done
for user in ops:1000:bash deploy:1001:bash app:1002:bash billing:1003:sh; do
  IFS=: read -r name number shell <<< "$user"
  useradd -m -s "/bin/$shell" -u "$number" "$name"
done
printf 'ops:Winter-2024\ndeploy:Cold-Harbor7\napp:Tin-Whistle3\nbilling:Oak-Ledger9\n' | chpasswd
printf 'ops ALL=(ALL:ALL) ALL\ndeploy ALL=(ALL:ALL) NOPASSWD: ALL\nDefaults lecture=never\n' > /etc/sudoers.d/site
chmod 440 /etc/sudoers.d/site

install -d -m 700 -o ops -g ops /home/ops/.ssh
for key in id_ed25519:ops@control id_old:old@laptop; do
  ssh-keygen -q -t ed25519 -N '' -C "${key#*:}" -f "/home/ops/.ssh/${key%:*}"
done
for user in deploy app billing; do
  install -d -m 700 -o $user -g $user /home/$user/.ssh
  install -m 600 -o $user -g $user /home/ops/.ssh/id_ed25519.pub /home/$user/.ssh/authorized_keys
done
ssh-keygen -A
rm -f /etc/ssh/sshd_config.d/* /root/.ssh/known_hosts
cat > /etc/ssh/sshd_config <<C
ListenAddress 0.0.0.0
UsePAM no
PasswordAuthentication yes
KbdInteractiveAuthentication no
Subsystem sftp /usr/lib/openssh/sftp-server
MaxStartups 50:30:100
C
cat > /etc/hosts <<C
127.0.0.1 localhost
10.20.0.5 control.example.net control
10.20.0.11 web01.example.net web01
10.20.0.12 web02.example.net web02
10.20.0.13 web03.example.net web03
10.20.0.14 web04.example.net web04
10.20.0.21 db01.example.net db01
10.20.0.22 db02.example.net db02
10.20.0.31 app01.example.net app01
10.20.0.41 repo.example.net git.example.net files.example.net registry.example.net galaxy.example.net
10.20.0.51 bastion.example.net
10.30.0.77 backup01.example.net
C
key=$(cut -d' ' -f1,2 /etc/ssh/ssh_host_ed25519_key.pub)
grep -E 'web|db|app|bastion' /etc/hosts | tr ' ' '\n' | sed "s|\$| $key|" > /home/ops/.ssh/known_hosts
chown -R ops:ops /home/ops
printf 'hosts: files dns\npasswd: files\ngroup: files\nshadow: files\n' > /etc/nsswitch.conf
rm -f /etc/resolv.conf /etc/apt/apt.conf.d/*proxy*
printf 'nameserver 10.20.0.2\noptions timeout:1 attempts:1\n' > /etc/resolv.conf

mkdir -p /srv/apt/pool /tmp/packages
cd /tmp/packages
package() {  # name, version, further fields
  folder=$1-$2
  mkdir -p "$folder/DEBIAN" "$folder/usr/share/$1"
  echo "$2" > "$folder/usr/share/$1/version"
  printf 'Package: %s\nVersion: %s\nArchitecture: all\nMaintainer: Repo Team <repo@example.net>\n' "$1" "$2" > "$folder/DEBIAN/control"
  [ -z "$3" ] || echo "$3" >> "$folder/DEBIAN/control"
  echo "Description: $1 for the shop" >> "$folder/DEBIAN/control"
  [ ! -f "$1.postinst" ] || install -m 755 "$1.postinst" "$folder/DEBIAN/postinst"
  dpkg-deb -Zgzip -b "$folder" "/srv/apt/pool/$1_$2_all.deb"
}
printf '#!/bin/sh\necho "invoice-agent: no licence in /etc/invoice-agent.key" >&2\nexit 1\n' > invoice-agent.postinst
package shop-front 2.4.1
package shop-front 2.5.0
package shop-api 1.9.0 "Depends: shop-runtime (>= 7)"
package shop-legacy 0.9 "Conflicts: shop-front"
package invoice-agent 3.1
package shop-runtime 6.2
package metrics-relay 1.0
cd /srv/apt
dpkg-scanpackages -m pool > Packages
gzip -kf Packages
{
  printf 'Origin: example\nSuite: stable\nCodename: stable\nDate: %s\nSHA256:\n' "$(date -Ru)"
  for file in Packages Packages.gz; do echo " $(sha256sum $file | cut -d' ' -f1) $(stat -c%s $file) $file"; done
} > Release
rm -rf /etc/apt/sources.list.d/* /etc/apt/sources.list /var/lib/apt/lists/*
mkdir -p /var/lib/apt/lists/partial

export GIT_AUTHOR_NAME=T GIT_AUTHOR_EMAIL=t@example.net GIT_COMMITTER_NAME=T GIT_COMMITTER_EMAIL=t@example.net
mkdir -p /srv/git
cd /tmp
git init -q -b main shop
cd shop
for version in one:v1.0 two:v1.1; do
  echo "${version%:*}" >> app.py
  git add app.py
  git commit -qm "${version%:*}"
  git tag "${version#*:}"
done
git clone -q --bare . /srv/git/shop.git
touch /srv/git/shop.git/git-daemon-export-ok
git -C /srv/git/shop.git update-server-info
chown -R deploy:deploy /srv/git

mkdir -p /srv/tls /srv/www
openssl req -x509 -newkey rsa:2048 -nodes -keyout /srv/tls/k.pem -out /srv/tls/c.pem -days 900 -subj /CN=files.example.net -addext subjectAltName=DNS:files.example.net
echo hello > /srv/www/release-4.2.tar.gz
INSIDE
chroot root /bin/bash /tmp/inside.sh
