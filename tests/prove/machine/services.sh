# Network and services of a machine, by root inside it. Arguments: which of ssh, apt, git, www; others are no service.
hostname control
ip link set lo up
for last in 5 11 12 13 14 21 22 31 41 51; do ip addr add 10.20.0.$last/32 dev lo; done
ip link add eth0 type dummy && ip addr add 10.30.0.5/24 dev eth0 && ip link set eth0 up && ip route add default dev eth0
mkdir -p /run/sshd /run/lock
up() { for _ in $(seq 100); do ss -tln | grep -q ":$1 " && return; sleep 0.1; done; }
for service in "$@"; do
  case $service in
    ssh) /usr/sbin/sshd; up 22 ;;
    apt) (cd /srv/apt && exec setsid python3 -m http.server 80 --bind 10.20.0.41 >/dev/null 2>&1 </dev/null &); up 80 ;;
    git) setpriv --reuid deploy --regid deploy --clear-groups env HOME=/home/deploy git daemon --base-path=/srv/git --export-all --detach --listen=10.20.0.41 >/dev/null 2>&1; up 9418 ;;
    www) (exec setsid python3 /srv/www.py >/dev/null 2>&1 </dev/null &); up 8080; up 8443 ;;
  esac
done
