/* SIP over SCTP by a real stack: one end sends COUNT requests of many sizes over three streams, the other takes them. */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <usrsctp.h>

static struct socket *open_socket(int remote_udp)
{
    struct socket *s = usrsctp_socket(AF_INET, SOCK_STREAM, IPPROTO_SCTP, NULL, NULL, 0, NULL);
    struct sctp_udpencaps encaps;
    struct sctp_initmsg init = {.sinit_num_ostreams = 4, .sinit_max_instreams = 4};
    if (!s) { perror("socket"); exit(1); }
    usrsctp_setsockopt(s, IPPROTO_SCTP, SCTP_INITMSG, &init, sizeof init);
    if (remote_udp) {
        memset(&encaps, 0, sizeof encaps);
        encaps.sue_address.ss_family = AF_INET;
        encaps.sue_port = htons(remote_udp);
        if (usrsctp_setsockopt(s, IPPROTO_SCTP, SCTP_REMOTE_UDP_ENCAPS_PORT, &encaps, sizeof encaps) < 0) perror("encaps");
    }
    return s;
}

int main(int argc, char **argv)
{
    /* sctp-sip server|client LOCAL-UDP REMOTE-UDP NAME COUNT ADDRESS PEER */
    int server = argv[1][0] == 's', count = atoi(argv[5]);
    struct sockaddr_in local = {.sin_family = AF_INET, .sin_port = htons(server ? 5060 : 5070)};
    struct sockaddr_in remote = {.sin_family = AF_INET, .sin_port = htons(5060)};
    static char body[12000], message[14000];
    struct socket *s;
    inet_pton(AF_INET, argv[6], &local.sin_addr);
    inet_pton(AF_INET, argv[7], &remote.sin_addr);
    usrsctp_init(atoi(argv[2]), NULL, NULL);
    usrsctp_sysctl_set_sctp_blackhole(2);
    s = open_socket(atoi(argv[3]));
    if (usrsctp_bind(s, (struct sockaddr *)&local, sizeof local) < 0) { perror("bind"); return 1; }
    if (server) {
        usrsctp_listen(s, 1);
        struct socket *a = usrsctp_accept(s, NULL, NULL);
        int got = 0, n, flags;
        do {
            struct sctp_rcvinfo info;
            socklen_t from = 0, infolen = sizeof info;
            unsigned type;
            flags = 0;
            n = usrsctp_recvv(a, message, sizeof message, NULL, &from, &info, &infolen, &type, &flags);
            got += n > 0 && (flags & MSG_EOR);
        } while (n > 0);
        printf("%s: %d messages taken\n", argv[4], got);
        return 0;
    }
    if (usrsctp_connect(s, (struct sockaddr *)&remote, sizeof remote) < 0) { perror("connect"); return 1; }
    for (int i = 0; i < count; i++) {
        int size = i % 4 == 0 ? 200 * (i % 50) + 2000 : 20;
        struct sctp_sndinfo info = {.snd_sid = i % 3, .snd_flags = i % 5 == 4 ? SCTP_UNORDERED : 0};
        memset(body, 'a' + i % 26, size);
        body[size] = 0;
        int n = snprintf(message, sizeof message,
            "MESSAGE sip:b@example.org SIP/2.0\r\nVia: SIP/2.0/SCTP %s:5070;branch=z9hG4bK%s%d\r\nMax-Forwards: 70\r\n"
            "From: <sip:a@example.org>;tag=1\r\nTo: <sip:b@example.org>\r\nCall-ID: %s-%03d\r\nCSeq: 1 MESSAGE\r\n"
            "Content-Type: text/plain\r\nContent-Length: %d\r\n\r\n%s", argv[6], argv[4], i, argv[4], i, size, body);
        if (usrsctp_sendv(s, message, n, NULL, 0, &info, sizeof info, SCTP_SENDV_SNDINFO, 0) < 0) { perror("send"); return 1; }
    }
    usrsctp_shutdown(s, SHUT_WR);
    sleep(3);
    usrsctp_close(s);
    while (usrsctp_finish() != 0) usleep(10000);
    return 0;
}
