su ops -c 'git clone -q git://git.example.net/shop.git /tmp/shop && echo patched >> /tmp/shop/app.py'
