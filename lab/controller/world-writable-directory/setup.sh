chmod 777 /home/ops/site
