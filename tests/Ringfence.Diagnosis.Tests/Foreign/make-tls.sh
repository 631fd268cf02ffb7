#!/bin/sh
# Makes tls-sessions.pcapng.gz anew: SIP over TLS between OpenSSL's client and server, in every way in which the keys of a connection come about
# and change, with the key log in the file; and tls-sessions.txt, what tshark opens of it. As root (dumpcap on the loopback interface).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
cd "$work"
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout key.pem -out cert.pem -days 2 -subj /CN=x 2>/dev/null
openssl req -x509 -newkey rsa:2048 -nodes -keyout rsa.pem -out rsacert.pem -days 2 -subj /CN=x 2>/dev/null
cat cert.pem >> key.pem
cat rsacert.pem >> rsa.pem

say() {
    printf 'OPTIONS sip:b@example.org SIP/2.0\r\nVia: SIP/2.0/TLS 127.0.0.1;branch=z9hG4bK%s\r\nFrom: <sip:a@example.org>;tag=1\r\nTo: <sip:b@example.org>\r\nCall-ID: %s\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n' "$1" "$1"
    sleep 0.5
}

# serve PORT KEY COMMANDS OPTIONS...: the commands are what the server's user types.
serve() {
    port=$1 pem=$2 typed=$3
    shift 3
    (eval "$typed"; sleep 9) | timeout 8 openssl s_server -accept "$port" -cert "$pem" -key "$pem" -keylogfile "$port.keys" "$@" > /dev/null 2>&1 || true
}

# talk PORT COMMANDS OPTIONS...
talk() {
    port=$1 typed=$2
    shift 2
    (eval "$typed"; sleep 0.5) | timeout 6 openssl s_client -connect "127.0.0.1:$port" "$@" > /dev/null 2>&1 || true
}

# suite PORT NAME KEY OPTIONS...: two messages over a connection that both ends want so.
suite() {
    port=$1 name=$2 pem=$3
    shift 3
    serve "$port" "$pem" true "$@" &
    (sleep 0.7; talk "$port" "say $name-1; say $name-2" "$@") &
}

dumpcap -q -i lo -f "tcp portrange 15061-15099" -w tls.pcapng 2>/dev/null &
capture=$!
sleep 1.5
suite 15061 ccm13 key.pem -tls1_3 -ciphersuites TLS_AES_128_CCM_SHA256
suite 15062 ccm8-13 key.pem -tls1_3 -ciphersuites TLS_AES_128_CCM_8_SHA256
suite 15063 ccm12 key.pem -tls1_2 -cipher ECDHE-ECDSA-AES128-CCM
suite 15064 ccm8-12 key.pem -tls1_2 -cipher ECDHE-ECDSA-AES128-CCM8
suite 15065 ccm256-12 rsa.pem -tls1_2 -cipher DHE-RSA-AES256-CCM
suite 15066 ccm8-256-12 rsa.pem -tls1_2 -cipher AES256-CCM8
suite 15067 chacha12 key.pem -tls1_2 -cipher ECDHE-ECDSA-CHACHA20-POLY1305
suite 15068 chacha13 key.pem -tls1_3 -ciphersuites TLS_CHACHA20_POLY1305_SHA256
suite 15069 cbc key.pem -tls1_2 -cipher ECDHE-ECDSA-AES128-SHA256
suite 15070 null rsa.pem -tls1_2 -cipher NULL-SHA256:@SECLEVEL=0
suite 15071 tls11 rsa.pem -tls1_1 -cipher AES128-SHA:@SECLEVEL=0
suite 15072 tls10 rsa.pem -tls1 -cipher AES256-SHA:@SECLEVEL=0
printf 'openssl_conf = c\n[c]\nssl_conf = s\n[s]\nsystem_default = d\n[d]\nOptions = -EncryptThenMac\n' > old.cnf
(export OPENSSL_CONF="$work/old.cnf"; suite 15074 macthenencrypt key.pem -tls1_2 -cipher ECDHE-ECDSA-AES256-SHA384; suite 15075 macthenencrypt10 rsa.pem -tls1 -cipher AES128-SHA:@SECLEVEL=0; wait) &

# New keys within a connection.
serve 15076 key.pem true -tls1_2 -client_renegotiation &
(sleep 0.7; talk 15076 "say renegotiated-1; echo R; sleep 0.6; say renegotiated-2" -tls1_2) &
serve 15077 key.pem "sleep 1.8; echo r" -tls1_2 -cipher ECDHE-ECDSA-AES128-SHA256 &
(sleep 0.7; talk 15077 "say askedto-1; sleep 1; say askedto-2" -tls1_2) &
serve 15078 key.pem "sleep 1; say updated-s1; sleep 1; say updated-s2" -tls1_3 &
(sleep 0.7; talk 15078 "say updated-1; echo K; sleep 0.4; say updated-2; echo k; sleep 0.4; say updated-3" -tls1_3) &

# Sessions taken up again.
resume() {
    port=$1 name=$2 first=$3
    shift 3
    sleep 0.7
    talk "$port" "say $name-1" "$@" -sess_out "$port.session"
    talk "$port" "say $name-2" "$@" -sess_in "$port.session" $first
}
serve 15079 key.pem true -tls1_2 &
resume 15079 ticket "" -tls1_2 &
serve 15080 key.pem true -tls1_2 -no_ticket &
resume 15080 sessionid "" -tls1_2 &
serve 15081 key.pem true -tls1_3 &
resume 15081 psk "" -tls1_3 &
say early-0 > early.txt
serve 15082 key.pem true -tls1_3 -early_data -max_early_data 16384 &
resume 15082 early "-early_data early.txt" -tls1_3 &
serve 15083 key.pem true -tls1_3 -groups P-384 &
(sleep 0.7; talk 15083 "say retried-1" -tls1_3 -groups X25519:P-384) &
sleep 10
kill $capture
wait $capture || true

cat ./*.keys > keys
editcap --inject-secrets tls,keys tls.pcapng tls-sessions.pcapng
tshark -r tls-sessions.pcapng -d tls.port==15061-15099,sip -Y sip -T fields -e sip.Call-ID 2>/dev/null | tr , "\n" | sort > "$here/tls-sessions.txt"
gzip -9 -n -c tls-sessions.pcapng > "$here/tls-sessions.pcapng.gz"
rm -r "$work"
