for key in shop-2024 shop; do
  echo "deb [signed-by=/etc/apt/keyrings/$key.asc] http://repo.example.net/debian stable main" > /etc/apt/sources.list.d/$key.list
done
