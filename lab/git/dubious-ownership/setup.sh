su app -c 'git clone -q git://git.example.net/shop.git /tmp/shop'
