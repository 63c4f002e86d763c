(python3 -c "
import socket
s=socket.socket(); s.setsockopt(socket.SOL_SOCKET,socket.SO_REUSEADDR,1); s.bind(('10.20.0.11',22)); s.listen()
while True:
    c,_=s.accept(); c.recv(300); c.close()" >/dev/null 2>&1 &) ; sleep 1
