#!/bin/sh
# Makes the files of this folder anew with foreign programs: dumpcap, openssl, SIPp, Kamailio, editcap, gzip. As root (dumpcap on the loopback interface).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
cd "$work"

# SIP over TLS 1.2 and 1.3 with its key log.
openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -days 2 -subj /CN=x 2>/dev/null
printf 'OPTIONS sip:b@example.org SIP/2.0\r\nVia: SIP/2.0/TLS 127.0.0.1;branch=z9hG4bKtls\r\nFrom: <sip:a@example.org>;tag=1\r\nTo: <sip:b@example.org>\r\nCall-ID: VERSION\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n' > options
dumpcap -q -i lo -f "tcp port 15061 or tcp port 15062" -w tls.pcapng 2>/dev/null &
capture=$!
sleep 1.5
: > tls.keys
for version in 2 3; do
    sleep 4 | openssl s_server -quiet -accept 1506$((version - 1)) -cert cert.pem -key key.pem -tls1_$version -keylogfile keys.$version > /dev/null 2>&1 &
    server=$!
    sleep 0.7
    { sed "s/VERSION/tls1.$version/" options; sleep 1; } | openssl s_client -quiet -connect 127.0.0.1:1506$((version - 1)) -tls1_$version > /dev/null 2>&1 || true
    kill $server
    cat keys.$version >> tls.keys
done
sleep 1
kill $capture
wait $capture || true
cp tls.pcapng tls.keys "$here"

# A call from SIPp over Kamailio to SIPp, as five programs wrote it down.
cat > kamailio.cfg <<'C'
#!KAMAILIO
debug=2
log_stderror=yes
children=1
listen=udp:127.0.0.1:15090
mpath="/usr/lib/x86_64-linux-gnu/kamailio/modules"
loadmodule "sl.so"
loadmodule "tm.so"
loadmodule "maxfwd.so"
loadmodule "pv.so"
loadmodule "xlog.so"
loadmodule "textops.so"
loadmodule "siptrace.so"
loadmodule "sipdump.so"
modparam("siptrace", "duplicate_uri", "sip:127.0.0.1:19060")
modparam("siptrace", "hep_mode_on", 1)
modparam("siptrace", "hep_version", 3)
modparam("siptrace", "hep_capture_id", 7)
modparam("siptrace", "trace_to_database", 0)
modparam("siptrace", "trace_on", 1)
modparam("siptrace", "trace_mode", 1)
modparam("sipdump", "enable", 1)
modparam("sipdump", "folder", "WORK")
request_route {
    xlog("L_ERR", "received from $si:$sp\n$mb\n");
    if (!mf_process_maxfwd_header("10")) { exit; }
    $du = "sip:127.0.0.1:15091";
    t_relay();
}
onreply_route { xlog("L_ERR", "received from $si:$sp\n$mb\n"); }
C
sed -i "s|WORK|$work|" kamailio.cfg
dumpcap -q -i lo -f "udp port 15090 and not port 19060" -w call.pcapng 2>/dev/null &
capture=$!
dumpcap -q -i lo -f "udp port 19060" -w hep3.pcapng 2>/dev/null &
agent=$!
sleep 1.5
kamailio -DD -E -f kamailio.cfg -Y "$work" -m 32 -M 8 > kamailio.log 2>&1 &
proxy=$!
timeout 40 sipp -sn uas -i 127.0.0.1 -p 15091 -m 1 -nostdin -trace_msg -message_file sipp-uas.msg > /dev/null 2>&1 &
callee=$!
sleep 1.5
timeout 30 sipp -sn uac -i 127.0.0.1 -p 15092 127.0.0.1:15090 -s 33140000002 -d 300 -m 1 -nostdin -trace_msg -message_file sipp-uac.msg > /dev/null 2>&1
wait $callee || true
sleep 1
kill $proxy $capture $agent
wait $proxy $capture $agent || true
cat kamailio-sipdump-*.data > kamailio-sipdump.txt 2>/dev/null || cat sipdump*/* > kamailio-sipdump.txt
cp sipp-uac.msg sipp-uas.msg kamailio.log kamailio-sipdump.txt call.pcapng hep3.pcapng "$here"

# The same capture in other clothes.
editcap -F nsecpcap call.pcapng "$here/call.nsec.pcap"
editcap -F pcap call.pcapng call.pcap
gzip -9 -n -c call.pcap > "$here/call.pcap.gz"
editcap -F netmon2 call.pcapng "$here/call.netmon.cap"
editcap -F snoop call.pcapng "$here/call.snoop"
editcap --inject-secrets tls,tls.keys tls.pcapng "$here/tls-with-keys.pcapng"
rm -r "$work"
