# Process 1 of a machine: puts its file system together and goes over to it.
# $1: a folder of its own, $2: the image, $3: the environment with Ansible, $4: where its programs look for it, $5: systemd
set -e
mount --make-rprivate /
mount -t tmpfs t "$1"
mkdir "$1/up" "$1/work" "$1/root"
cp -a "$2" "$1/image"  # one layer may not lie inside another
mount -t overlay overlay -o "lowerdir=$1/image:/,upperdir=$1/up,workdir=$1/work" "$1/root"
root=$1/root
mount -t proc proc "$root/proc"
mount -t tmpfs -o mode=1777 t "$root/tmp"
mount -t tmpfs -o mode=755 t "$root/run"
mkdir -p "$root$4" "$root/home/ops/site"
mount --bind "$3" "$root$4"
mkdir -p "$root/home/ops/bin"
for program in "$3"/bin/ansible*; do ln -s "$4/bin/${program##*/}" "$root/home/ops/bin/"; done
chmod 1777 "$root/tmp"
if [ -z "$5" ]; then
  mount --rbind /dev "$root/dev"
  mount -t sysfs sys "$root/sys" 2>/dev/null || true
  exec chroot "$root" /bin/bash -c 'touch /run/machine-is-up; sleep infinity & while :; do wait; sleep infinity & done'
fi
mount -t tmpfs t "$root/dev"
for device in null zero full random urandom tty; do touch "$root/dev/$device"; mount --bind "/dev/$device" "$root/dev/$device"; done
mkdir "$root/dev/shm" "$root/dev/pts"
ln -s /proc/self/fd "$root/dev/fd"
mount -t devpts -o newinstance,ptmxmode=0666 devpts "$root/dev/pts"
ln -s pts/ptmx "$root/dev/ptmx"
mount -t sysfs sys "$root/sys"
mount -t tmpfs t "$root/sys/fs/cgroup"
mount -t cgroup2 cgroup "$root/sys/fs/cgroup"
printf '[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/usr/bin/touch /run/machine-is-up\n' > "$root/etc/systemd/system/machine.service"
exec env -i container=lab PATH=/usr/bin:/usr/sbin chroot "$root" /lib/systemd/systemd --unit=machine.service --log-target=null --show-status=no
