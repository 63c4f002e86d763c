echo "deb [trusted=yes] http://repo.example.net/ ./" > /etc/apt/sources.list
