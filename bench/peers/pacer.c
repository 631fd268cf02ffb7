// Sends one RTP packet of 172 octets each 20 ms to every port that standard input names, spread evenly over the 20 ms: the
// callees of a relay, and what this machine can do where nobody makes media at all.
// pacer PACKETS; afterwards standard output gets the CPU time and, stream by stream, when each packet was sent (int64, ns).
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>

enum { LENGTH = 172, MOST = 20000 };

static struct sockaddr_in to[MOST];
static unsigned char packet[MOST][LENGTH];
static struct iovec part[MOST];
static struct mmsghdr message[MOST];

static int64_t now(clockid_t clock) {
  struct timespec t;
  clock_gettime(clock, &t);
  return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static int64_t cpu(void) {
  struct rusage u;
  getrusage(RUSAGE_SELF, &u);
  return (u.ru_utime.tv_sec + u.ru_stime.tv_sec) * 1000000000LL + (u.ru_utime.tv_usec + u.ru_stime.tv_usec) * 1000LL;
}

int main(int count, char **arguments) {
  int64_t packets = count == 2 ? atol(arguments[1]) : 0, streams = 0;
  for (int port; streams < MOST && scanf("%d", &port) == 1; streams++) {
    to[streams] = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    to[streams].sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    // Neither silence nor the same octet all over: what is silent is not let through at once.
    for (int i = 12; i < LENGTH; i++) packet[streams][i] = (unsigned char)rand();
    part[streams] = (struct iovec){packet[streams], LENGTH};
    message[streams].msg_hdr = (struct msghdr){
        .msg_name = &to[streams], .msg_namelen = sizeof to[0], .msg_iov = &part[streams], .msg_iovlen = 1};
  }
  int64_t *sent = calloc((size_t)(packets * streams), sizeof *sent);
  int s = socket(AF_INET, SOCK_DGRAM, 0);
  int64_t start = now(CLOCK_MONOTONIC), used = cpu();
  for (int64_t step = 0; step < packets * 20; step++) {
    int64_t due = start + step * 1000000, i = step / 20;
    struct timespec until = {due / 1000000000, due % 1000000000};
    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL);
    int64_t first = step % 20 * streams / 20, last = (step % 20 + 1) * streams / 20;
    for (int64_t at = first; at < last; at++) {
      uint16_t sequence = htons((uint16_t)i);
      uint32_t time = htonl((uint32_t)(160 * i)), source = htonl((uint32_t)(at + 1));
      packet[at][0] = 0x80;
      packet[at][1] = i == 0 ? 0x80 : 0;
      memcpy(packet[at] + 2, &sequence, 2);
      memcpy(packet[at] + 4, &time, 4);
      memcpy(packet[at] + 8, &source, 4);
      sent[at * packets + i] = now(CLOCK_REALTIME);
    }
    for (int64_t at = first; at < last;) {
      int done = sendmmsg(s, message + at, (unsigned)(last - at), 0);
      at += done > 0 ? done : 1;
    }
  }
  used = cpu() - used;
  fwrite(&used, sizeof used, 1, stdout);
  fwrite(sent, sizeof *sent, (size_t)(packets * streams), stdout);
  return 0;
}
