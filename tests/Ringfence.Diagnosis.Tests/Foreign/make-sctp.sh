#!/bin/sh
# Makes sctp-stack.pcapng.gz anew: SIP over SCTP from usrsctp, a real stack in user space (this needs libusrsctp-dev and a C compiler), over IP and,
# by way of a relay that loses and delays, over UDP (RFC 6951); and sctp-scapy.pcap, what scapy says of cases that the stack does not come to.
# Beside each what tshark finds in it. As root.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
cd "$work"
cc -O1 -o sctp-sip "$here/sctp-sip.c" -lusrsctp -lpthread
dumpcap -q -i lo -f "ip proto 132 or udp port 9899" -w stack.pcapng 2>/dev/null &
capture=$!
sleep 1.5
timeout 30 ./sctp-sip server 0 0 raw 40 127.0.0.1 127.0.0.1 &
server=$!
sleep 0.5
timeout 30 ./sctp-sip client 0 0 raw 40 127.0.0.1 127.0.0.1
wait $server
python3 "$here/sctp-relay.py" 7 9941 9899 &
relay=$!
timeout 30 ./sctp-sip server 9899 9942 udp 60 127.0.0.1 127.0.0.1 &
server=$!
sleep 0.5
timeout 30 ./sctp-sip client 9950 9941 udp 60 127.0.0.1 127.0.0.1
wait $server
sleep 0.5
kill $relay $capture
wait $relay $capture || true
/usr/bin/python3 "$here/sctp-scapy.py" "$here/sctp-scapy.pcap"
gzip -9 -n -c stack.pcapng > "$here/sctp-stack.pcapng.gz"
for name in sctp-stack.pcapng.gz sctp-scapy.pcap; do
    tshark -r "$here/$name" -Y sip -T fields -e sip.Call-ID 2>/dev/null | tr , '\n' | sort > "$here/${name%%.*}.txt"
done
rm -r "$work"
