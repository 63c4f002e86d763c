ssh-keygen -q -t ed25519 -N '' -f /tmp/older
echo "git.example.net $(cut -d' ' -f1,2 /tmp/older.pub)" >> /home/ops/.ssh/known_hosts
