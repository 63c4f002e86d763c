echo "deb [trusted=yes] http://mirror.internal.example.net/debian bookworm main" > /etc/apt/sources.list; sed -i 's/hosts: .*/hosts: files/' /etc/nsswitch.conf
