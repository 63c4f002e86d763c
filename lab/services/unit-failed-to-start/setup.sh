printf '[Unit]\nDescription=The shop\n[Service]\nType=forking\nExecStart=/bin/sh -c "echo shop: cannot read /etc/shop.conf >&2; exit 78"\n' > /etc/systemd/system/shop.service; systemctl daemon-reload
