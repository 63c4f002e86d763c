mkdir /root/py; mv /usr/bin/python3* /root/py/; rm -f /usr/local/bin/python* /opt/tools/bin/python*
