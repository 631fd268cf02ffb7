# Passes datagrams from port A to port B and back, loses some, delays some: python3 relay.py SEED LISTEN TO
import random, select, socket, sys, time, heapq
seed, listen, to = map(int, sys.argv[1:4])
dice = random.Random(seed)
near = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); near.bind(("127.0.0.1", listen))
far = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); far.bind(("127.0.0.1", listen + 1))
client, queue, n, end = None, [], 0, time.time() + 40
while time.time() < end:
    wait = max(0, queue[0][0] - time.time()) if queue else 0.2
    for s in select.select([near, far], [], [], wait)[0]:
        data, peer = s.recvfrom(65535)
        if s is near: client = peer
        n += 1
        fate = dice.random()
        if fate < 0.06 and n > 6: continue
        heapq.heappush(queue, (time.time() + (dice.random() * 0.03 if fate > 0.8 else 0.0), n, s is near, data))
    while queue and queue[0][0] <= time.time():
        _, _, out, data = heapq.heappop(queue)
        if out: far.sendto(data, ("127.0.0.1", to))
        elif client: near.sendto(data, client)
