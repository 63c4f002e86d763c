/usr/bin/python3 -m venv /opt/tools
