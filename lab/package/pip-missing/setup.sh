rm -rf /usr/bin/pip* /usr/local/bin/pip* /usr/lib/python3/dist-packages/pip /usr/lib/python3/dist-packages/pip-*
