install -m 600 -o ops -g ops /home/ops/.ssh/id_ed25519.pub /home/ops/.ssh/authorized_keys
