echo "deb http://repo.example.net/ ./" > /etc/apt/sources.list
