install -m 600 -o ops -g ops /home/ops/.ssh/id_ed25519.pub /home/ops/.ssh/authorized_keys
mv /usr/bin/sudo /usr/bin/sudo.real
printf '#!/bin/sh\nsleep 15\nexec /usr/bin/sudo.real "$@"\n' > /usr/bin/sudo
chmod 755 /usr/bin/sudo
