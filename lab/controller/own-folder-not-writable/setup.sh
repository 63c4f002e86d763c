install -d -o root -m 700 /home/ops/.ansible
