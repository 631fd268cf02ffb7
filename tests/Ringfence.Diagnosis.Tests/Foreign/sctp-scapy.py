"""Writes sctp-scapy.pcap: what an association may do that the stack of make-sctp.sh does not, as scapy's layers put it."""
import struct
import sys

from scapy.all import IP, IPv6, UDP, Ether, Raw, wrpcap
from scapy.layers.sctp import SCTP, SCTPChunkData

frames = []


def sip(name):
    return (
        f"OPTIONS sip:b@example.org SIP/2.0\r\nVia: SIP/2.0/SCTP 192.0.2.1;branch=z9hG4bK{name}\r\nFrom: <sip:a@example.org>;tag=1\r\n"
        f"To: <sip:b@example.org>\r\nCall-ID: {name}\r\nCSeq: 1 OPTIONS\r\nSubject: {'x' * 300}\r\nContent-Length: 0\r\n\r\n"
    ).encode()


def data(tsn, payload, stream=0, sequence=0, begin=1, end=1, unordered=0):
    return SCTPChunkData(tsn=tsn, stream_id=stream, stream_seq=sequence, data=payload, beginning=begin, ending=end, unordered=unordered)


def idata(tsn, payload, stream, message, part, begin, end):
    body = struct.pack("!IHHII", tsn, stream, 0, message, 0 if begin else part) + payload
    chunk = struct.pack("!BBH", 64, begin << 1 | end, 4 + len(body)) + body
    return Raw(chunk + bytes(-len(chunk) % 4))


def send(*chunks, tag=7, ip=None, udp=False, sport=5070):
    packet = SCTP(sport=sport, dport=5060, tag=tag)
    for chunk in chunks:
        packet = packet / chunk
    lower = ip or IP(src="192.0.2.1", dst="192.0.2.2")
    lower = lower / UDP(sport=50000, dport=9899) if udp else lower
    frames.append(Ether(src="02:00:00:00:00:01", dst="02:00:00:00:00:02") / lower / packet)


send(data(10, sip("bundled-1"), 0, 0), data(11, sip("bundled-2"), 1, 0), data(12, sip("unordered"), 2, 0, unordered=1))
send(data(12, sip("unordered"), 2, 0, unordered=1), data(13, sip("sent-again"), 0, 1))
whole = sip("out-of-order")
send(data(16, whole[400:], 0, 2, 0, 1))
send(data(14, whole[:200], 0, 2, 1, 0))
send(data(14, whole[:200], 0, 2, 1, 0))
send(data(15, whole[200:400], 0, 2, 0, 0))
whole = sip("wrapped-number")
send(data(0xFFFFFFFF, whole[:100], 0, 0, 1, 0), tag=8, sport=5071)
send(data(0, whole[100:], 0, 0, 0, 1), data(1, sip("after-wrap"), 0, 1), tag=8, sport=5071)
send(data(5, sip("ipv6")), tag=9, sport=5072, ip=IPv6(src="2001:db8::1", dst="2001:db8::2"))
send(data(6, sip("in-udp")), tag=10, sport=40000, udp=True)
left, right = sip("interleaved-1"), sip("interleaved-2")
send(idata(20, left[:250], 0, 0, 0, 1, 0), tag=11, sport=5074)
send(idata(21, right[:250], 1, 0, 0, 1, 0), tag=11, sport=5074)
send(idata(22, left[250:], 0, 0, 1, 0, 1), tag=11, sport=5074)
send(idata(23, right[250:], 1, 0, 1, 0, 1), tag=11, sport=5074)
for n, frame in enumerate(frames):
    frame.time = 1795383667 + n / 100
wrpcap(sys.argv[1], frames)
