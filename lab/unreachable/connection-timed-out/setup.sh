ip addr add 10.30.0.77/32 dev lo
(python3 -c "
import socket,time
keep=[]
for port in (22,80):
    s=socket.socket(); s.setsockopt(socket.SOL_SOCKET,socket.SO_REUSEADDR,1); s.bind(('10.30.0.77',port)); s.listen(0); keep.append(s)
    for i in range(4):
        c=socket.socket(); c.setblocking(False); c.connect_ex(('10.30.0.77',port)); keep.append(c)
time.sleep(300)" >/dev/null 2>&1 &) ; sleep 2
