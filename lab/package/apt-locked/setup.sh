echo "deb [trusted=yes] http://repo.example.net/ ./" > /etc/apt/sources.list
apt-get update -q
(python3 -c "
import fcntl,time
f=open('/var/lib/dpkg/lock-frontend','w'); fcntl.lockf(f,fcntl.LOCK_EX); time.sleep(25)" >/dev/null 2>&1 &) ; sleep 1
