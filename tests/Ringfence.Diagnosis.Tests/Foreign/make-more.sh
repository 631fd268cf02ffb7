#!/bin/sh
# Makes further files of this folder anew, from call.pcap.gz and kamailio.log and from calls of their own, with foreign programs: sngrep (driven in
# tmux), sipgrep, rsyslog, systemd-journal-remote and journalctl, Kamailio with siptrace and websocket, SIPp, Chromium, dumpcap, editcap. As root.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
cd "$work"
modules=/usr/lib/x86_64-linux-gnu/kamailio/modules

# What sngrep saves as text, and what sipgrep prints in colour.
gunzip -c "$here/call.pcap.gz" > call.pcap
tmux -L ringfence new-session -d -x 120 -y 40 "cd $work; sngrep -I call.pcap"
sleep 2
for key in F2 sngrep Tab Tab Down Down Tab Space Enter; do
    tmux -L ringfence send-keys "$key"
    sleep 0.7
done
tmux -L ringfence kill-server
sipgrep -P 15090-15092 -I call.pcap > sipgrep.txt || true
cp sngrep.txt sipgrep.txt "$here"

# The log of Kamailio in the journal, as text and as JSON.
python3 - "$here/kamailio.log" > journal.export <<'P'
import re, struct, sys
text = open(sys.argv[1], "rb").read()
for n, entry in enumerate(re.split(rb"(?m)^ ?\d+\(\d+\) (?=ERROR: <script>)", text)[1:]):
    entry = entry.rstrip(b"\n")
    sys.stdout.buffer.write(
        b"__REALTIME_TIMESTAMP=%d\n__MONOTONIC_TIMESTAMP=%d\n_BOOT_ID=%s\n_HOSTNAME=edge\nSYSLOG_IDENTIFIER=kamailio\n_PID=77\nMESSAGE\n%s%s\n\n"
        % (1795383667690962 + n * 1000, n * 1000 + 1, b"0123456789abcdef" * 2, struct.pack("<Q", len(entry)), entry))
P
/lib/systemd/systemd-journal-remote -o "$work/call.journal" journal.export
journalctl --file call.journal -a -o short-iso --no-pager > "$here/journal.txt"
journalctl --file call.journal -o json --no-pager > "$here/journal.json"

# Calls over Kamailio: its log in syslog, and what it sends as HEP 1 and 2.
call() {
    kamailio "$@" -Y "$work" -m 32 -M 8 > kamailio.out 2>&1 &
    proxy=$!
    timeout 40 sipp -sn uas -i 127.0.0.1 -p 15091 -m 1 -nostdin > /dev/null 2>&1 &
    callee=$!
    sleep 1.5
    timeout 30 sipp -sn uac -i 127.0.0.1 -p 15092 127.0.0.1:15090 -s 33140000002 -d 300 -m 1 -nostdin > /dev/null 2>&1
    wait $callee || true
    sleep 1
    kill $proxy
    wait $proxy || true
}
cat > base.cfg <<C
#!KAMAILIO
debug=1
children=1
listen=udp:127.0.0.1:15090
mpath="$modules"
loadmodule "tm.so"
loadmodule "sl.so"
loadmodule "pv.so"
loadmodule "xlog.so"
C
cat base.cfg - > syslog.cfg <<'C'
log_stderror=no
request_route {
    xlog("L_ERR", "received from $si:$sp\n$mb\n");
    $du = "sip:127.0.0.1:15091";
    t_relay();
}
onreply_route { xlog("L_ERR", "received from $si:$sp\n$mb\n"); }
C
cat > rsyslog.conf <<C
global(workDirectory="$work" processInternalMessages="off")
module(load="imuxsock" SysSock.Use="on" SysSock.Name="/dev/log")
template(name="json" type="list" option.jsonf="on") {
    property(outname="timestamp" name="timereported" dateFormat="rfc3339" format="jsonf")
    property(outname="message" name="msg" format="jsonf")
}
action(type="omfile" file="$work/rsyslog.log" template="RSYSLOG_TraditionalFileFormat")
action(type="omfile" file="$work/rsyslog-iso.log" template="RSYSLOG_FileFormat")
action(type="omfile" file="$work/rsyslog.json" template="json")
C
rsyslogd -n -f rsyslog.conf -i "$work/rsyslog.pid" &
daemon=$!
sleep 1
call -DD -f syslog.cfg
kill $daemon
wait $daemon || true
rm -f /dev/log
for log in rsyslog.log rsyslog-iso.log rsyslog.json; do grep '127.0.0.1:1509' $log > "$here/$log"; done

for version in 1 2; do
    cat base.cfg - > hep.cfg <<C
log_stderror=yes
loadmodule "siptrace.so"
modparam("siptrace", "duplicate_uri", "sip:127.0.0.1:19060")
modparam("siptrace", "hep_mode_on", 1)
modparam("siptrace", "hep_version", $version)
modparam("siptrace", "hep_capture_id", 7)
modparam("siptrace", "trace_to_database", 0)
modparam("siptrace", "trace_on", 1)
modparam("siptrace", "trace_mode", 1)
request_route { \$du = "sip:127.0.0.1:15091"; t_relay(); }
C
    timeout 8 python3 -c '
import socket, sys
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.bind(("127.0.0.1", 19060))
with open(sys.argv[1], "wb", buffering=0) as f:
    while True: f.write(s.recv(65535))' "$here/hep$version.bin" &
    agent=$!
    call -DD -E -f hep.cfg
    wait $agent || true
done

# SIP over SCTP, as text2pcap wraps it.
printf 'OPTIONS sip:b@example.org SIP/2.0\r\nVia: SIP/2.0/SCTP 192.0.2.1;branch=z9hG4bKsctp\r\nFrom: <sip:a@example.org>;tag=1\r\nTo: <sip:b@example.org>\r\nCall-ID: sctp\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n' \
    | od -Ax -tx1 -v > sctp.hex
text2pcap -q -F pcap -S 5060,5060,0 -4 192.0.2.1,192.0.2.2 sctp.hex "$here/sctp.pcap"

# SIP over WebSocket and over secure WebSocket, from Chromium to Kamailio.
openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -days 2 -subj /CN=localhost 2>/dev/null
cat > websocket.cfg <<C
#!KAMAILIO
debug=1
log_stderror=yes
children=1
enable_tls=yes
tcp_accept_no_cl=yes
listen=tcp:127.0.0.1:15100
listen=tls:127.0.0.1:15101
mpath="$modules"
loadmodule "sl.so"
loadmodule "pv.so"
loadmodule "textops.so"
loadmodule "xhttp.so"
loadmodule "tls.so"
loadmodule "websocket.so"
modparam("tls", "tls_method", "TLSv1.2+")
modparam("tls", "private_key", "$work/key.pem")
modparam("tls", "certificate", "$work/cert.pem")
request_route { sl_send_reply("200", "OK"); exit; }
event_route[xhttp:request] { if (\$hdr(Upgrade) =~ "websocket") { ws_handle_handshake(); exit; } xhttp_reply("404", "Not found", "", ""); }
C
cat > page.html <<'H'
<!doctype html><title>sip</title><script>
const go = (url, id) => new Promise(done => {
  const socket = new WebSocket(url, 'sip');
  let got = 0;
  socket.onopen = () => { for (const n of [1, 2]) socket.send(`OPTIONS sip:b@example.org SIP/2.0\r\nVia: SIP/2.0/WS a.invalid;branch=z9hG4bK${id}${n}\r\nMax-Forwards: 70\r\nFrom: <sip:a@example.org>;tag=1\r\nTo: <sip:b@example.org>\r\nCall-ID: ${id}${n}\r\nCSeq: 1 OPTIONS\r\nSubject: ${'x'.repeat(100 * n)}\r\nContent-Length: 0\r\n\r\n`); };
  socket.onmessage = () => { if (++got == 2) { socket.close(); done(); } };
});
go('ws://127.0.0.1:15100/', 'ws').then(() => go('wss://127.0.0.1:15101/', 'wss'));
</script>
H
dumpcap -q -i lo -f "tcp port 15100 or tcp port 15101" -w websocket.pcapng 2>/dev/null &
capture=$!
sleep 1.5
kamailio -DD -E -f websocket.cfg -Y "$work" -m 32 -M 8 > kamailio.out 2>&1 &
proxy=$!
sleep 1.5
SSLKEYLOGFILE="$work/keys" timeout 8 chromium --headless --no-sandbox --disable-gpu --ignore-certificate-errors \
    --user-data-dir="$work/profile" --remote-debugging-port=0 "file://$work/page.html" > /dev/null 2>&1 || true
kill $proxy
sleep 0.5
kill $capture
wait $capture || true
editcap --inject-secrets tls,keys websocket.pcapng "$here/websocket.pcapng"
rm -r "$work"
