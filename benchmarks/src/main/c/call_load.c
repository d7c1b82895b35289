/*
 * Makes two-stream calls against a SIPREC recorder over UDP and sends their audio: G.711 mu-law, 20 ms a packet, paced to 1 ms
 * with sendmmsg. What each packet holds follows from its stream and its number, so that every sample of a recording can be
 * checked.
 *
 * usage: call_load <server address> <server port> <templates> <calls> <calls a second> <seconds>
 *
 * <templates> is a directory with the files invite, ack and bye: requests in which CALLNUMB stands for the number of the call,
 * 55555 for our SIP port, 30000 and 30002 for the RTP ports of the two streams, @TO@ for the value of To in a dialog.
 *
 * Tells on standard output: "up" once all calls have their audio, "ending" <seconds> later, before the first BYE; then
 * "stream <number> <packets>" for each stream, and "done <completed> <failed> <repeated> <latest ms>".
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
    SLOTS = 20,              /* of 1 ms: the packets of a stream are sent in one of them */
    SAMPLES = 160,           /* of a packet */
    HEADER = 12,             /* bytes of an RTP header */
    BATCH = 512,             /* packets of one sendmmsg */
    NOISE = 16384,           /* audio that packets are cut from */
    MAX_MESSAGE = 8192,      /* bytes of a SIP message */
    SETTLE_MS = 2000,        /* between the last answer and "up" */
    SCAN_MS = 50,            /* between looks for requests to repeat */
    T1_MS = 500,
    GIVE_UP_MS = 16000
};

enum state { IDLE, INVITED, TALKING, LEAVING, GONE, FAILED };

struct call {
    enum state state;
    char to[256];
    int64_t since_ms, sent_ms, interval_ms;
};

struct stream {
    struct sockaddr_in to;
    int sending;
    uint32_t packets;
    uint8_t headers[HEADER];
};

static const char *server_address;
static int sip, calls, run_tag;
static int rtp_fd[SLOTS], rtcp_fd[SLOTS], rtp_port[SLOTS];
static char *templates[3];
static struct call *call;
static struct stream *stream;
static uint8_t noise[NOISE + SAMPLES];
static int talking, gone, failed, repeated;
static int64_t latest_ms;

static void die(const char *what) {
    perror(what);
    exit(1);
}

static int64_t now_us(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000LL + t.tv_nsec / 1000;
}

static int64_t now_ms(void) {
    return now_us() / 1000;
}

/* Noise without the two codes of silence, so that what is missing in a recording shows. */
static void make_noise(void) {
    uint32_t x = 2463534242u;
    for (int i = 0; i < NOISE + SAMPLES; i++) {
        x ^= x << 13;
        x ^= x >> 17;
        x ^= x << 5;
        uint8_t code = x >> 16;
        noise[i] = (code & 0x7f) == 0x7f ? 0x55 : code;
    }
}

static const uint8_t *payload_of(uint32_t number, uint32_t packet) {
    uint32_t hash = number * 0x9E3779B1u ^ packet * 0x85EBCA6Bu;
    hash ^= hash >> 15;
    return noise + (hash & (NOISE - 1));
}

static int udp(int port) {
    struct sockaddr_in local = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    if (fd < 0) die("socket");
    if (bind(fd, (struct sockaddr *)&local, sizeof local) < 0) {
        close(fd);
        return -1;
    }
    return fd;
}

static int port_of(int fd) {
    struct sockaddr_in local;
    socklen_t length = sizeof local;
    getsockname(fd, (struct sockaddr *)&local, &length);
    return ntohs(local.sin_port);
}

/* One pair of sockets for each slot: its port serves all streams of the slot. */
static void open_rtp(void) {
    int port = 60000;
    for (int i = 0; i < SLOTS; i++) {
        for (;; port += 2) {
            if (port > 65000) die("no ports for RTP");
            rtp_fd[i] = udp(port);
            rtcp_fd[i] = rtp_fd[i] < 0 ? -1 : udp(port + 1);
            if (rtcp_fd[i] >= 0) break;
            if (rtp_fd[i] >= 0) close(rtp_fd[i]);
        }
        rtp_port[i] = port;
        port += 2;
    }
}

static char *read_file(const char *directory, const char *name) {
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", directory, name);
    FILE *file = fopen(path, "rb");
    if (!file) die(path);
    char *text = calloc(1, MAX_MESSAGE);
    if (fread(text, 1, MAX_MESSAGE - 1, file) == 0) die(path);
    fclose(file);
    return text;
}

static void replace(char *text, const char *what, const char *by) {
    size_t from = strlen(what), to = strlen(by);
    for (char *at = strstr(text, what); at; at = strstr(at + to, what)) {
        memmove(at + to, at + from, strlen(at + from) + 1);
        memcpy(at, by, to);
    }
}

static void send_request(int number, int which) {
    char text[2 * MAX_MESSAGE], value[16];
    strcpy(text, templates[which]);
    snprintf(value, sizeof value, "%02x%06d", run_tag, number);
    replace(text, "CALLNUMB", value);
    snprintf(value, sizeof value, "%05d", rtp_port[2 * number % SLOTS]);
    replace(text, "30000", value);
    snprintf(value, sizeof value, "%05d", rtp_port[(2 * number + 1) % SLOTS]);
    replace(text, "30002", value);
    replace(text, "@TO@", call[number].to);
    send(sip, text, strlen(text), 0);
    call[number].sent_ms = now_ms();
}

static void request(int number, enum state state, int which) {
    call[number].state = state;
    call[number].since_ms = now_ms();
    call[number].interval_ms = T1_MS;
    send_request(number, which);
}

static void put32(uint8_t *at, uint32_t value) {
    at[0] = value >> 24, at[1] = value >> 16, at[2] = value >> 8, at[3] = value;
}

static void begin_stream(int number, int port) {
    struct stream *s = &stream[number];
    s->to = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons(port)};
    inet_pton(AF_INET, server_address, &s->to.sin_addr);
    s->headers[0] = 0x80;
    put32(s->headers + 8, 0x51000000u + number);
    s->sending = 1;
}

static void end_streams(int number) {
    stream[2 * number].sending = stream[2 * number + 1].sending = 0;
}

static void fail(int number, const char *why) {
    if (failed < 3) fprintf(stderr, "call %d: %s\n", number, why);
    if (call[number].state == TALKING) talking--;
    call[number].state = FAILED;
    end_streams(number);
    failed++;
}

static void answered(int number, char *text) {
    struct call *c = &call[number];
    if (c->state == TALKING) {
        repeated++;
        send_request(number, 1);
        return;
    }
    char *to = strcasestr(text, "\r\nTo:");
    char *first = strstr(text, "\r\nm=audio "), *second = first ? strstr(first + 1, "\r\nm=audio ") : NULL;
    if (c->state != INVITED) return;
    if (!to || !second) {
        fail(number, "an answer without two lines");
        return;
    }
    sscanf(to + 5, " %255[^\r]", c->to);
    c->state = TALKING;
    talking++;
    send_request(number, 1);
    begin_stream(2 * number, atoi(first + 10));
    begin_stream(2 * number + 1, atoi(second + 10));
}

static void on_message(char *text) {
    char *id = strcasestr(text, "\r\nCall-ID:"), *cseq = strcasestr(text, "\r\nCSeq:");
    unsigned tag;
    int number, status = strncmp(text, "SIP/2.0 ", 8) == 0 ? atoi(text + 8) : 0;
    if (!id || !cseq || status < 200) return;
    if (sscanf(id + 10, " %2x%6d", &tag, &number) != 2 || (int)tag != run_tag || number < 0 || number >= calls) return;
    int invite = strstr(cseq, "INVITE") && strstr(cseq, "INVITE") < strstr(cseq + 2, "\r\n");
    if (status >= 300 && call[number].state != FAILED && call[number].state != GONE) {
        char why[80];
        snprintf(why, sizeof why, "%.*s", (int)strcspn(text, "\r\n") % 80, text);
        fail(number, why);
    } else if (invite && status < 300) {
        answered(number, text);
    } else if (!invite && call[number].state == LEAVING) {
        call[number].state = GONE;
        gone++;
    }
}

static void receive_messages(void) {
    char text[MAX_MESSAGE];
    ssize_t length;
    while ((length = recv(sip, text, sizeof text - 1, MSG_DONTWAIT)) > 0) {
        text[length] = 0;
        on_message(text);
    }
}

static void repeat_requests(int64_t now) {
    for (int i = 0; i < calls; i++) {
        struct call *c = &call[i];
        if ((c->state != INVITED && c->state != LEAVING) || now - c->sent_ms < c->interval_ms) continue;
        if (now - c->since_ms > GIVE_UP_MS) {
            fail(i, "no answer");
        } else {
            repeated++;
            c->interval_ms *= 2;
            send_request(i, c->state == INVITED ? 0 : 2);
        }
    }
}

/* Nobody reads the reports; they only must not fill the sockets. */
static void drop_reports(void) {
    char text[2048];
    for (int i = 0; i < SLOTS; i++) {
        while (recv(rtcp_fd[i], text, sizeof text, MSG_DONTWAIT) > 0) continue;
        while (recv(rtp_fd[i], text, sizeof text, MSG_DONTWAIT) > 0) continue;
    }
}

static void flush_batch(int slot, struct mmsghdr *messages, int count) {
    for (int sent = 0; sent < count;) {
        int n = sendmmsg(rtp_fd[slot], messages + sent, count - sent, 0);
        if (n < 0) {
            if (errno != EINTR && errno != ECONNREFUSED) die("sendmmsg");
            continue;
        }
        sent += n;
    }
}

/* The first packet of a stream tells its number, in digits of base 100, so that its recording is known by what it holds. */
static const uint8_t *first_payload(uint32_t number, uint8_t *room) {
    memcpy(room, payload_of(number, 0), SAMPLES);
    for (int i = 0; i < 4; i++, number /= 100) room[i] = 1 + number % 100;
    return room;
}

static void send_slot(int slot) {
    static struct mmsghdr messages[BATCH];
    static struct iovec parts[BATCH][2];
    static uint8_t firsts[BATCH][SAMPLES];
    int count = 0;
    for (int i = slot; i < 2 * calls; i += SLOTS) {
        struct stream *s = &stream[i];
        if (!s->sending) continue;
        uint32_t n = s->packets++;
        uint16_t sequence = i * 7919u + n;
        s->headers[1] = n == 0 ? 0x80 : 0;
        s->headers[2] = sequence >> 8, s->headers[3] = sequence;
        put32(s->headers + 4, i * 0x01234567u + n * SAMPLES);
        const uint8_t *payload = n == 0 ? first_payload(i, firsts[count]) : payload_of(i, n);
        parts[count][0] = (struct iovec){s->headers, HEADER};
        parts[count][1] = (struct iovec){(void *)payload, SAMPLES};
        messages[count].msg_hdr =
                (struct msghdr){.msg_name = &s->to, .msg_namelen = sizeof s->to, .msg_iov = parts[count], .msg_iovlen = 2};
        if (++count == BATCH) {
            flush_batch(slot, messages, count);
            count = 0;
        }
    }
    if (count) flush_batch(slot, messages, count);
}

static void tell(const char *what) {
    printf("%s\n", what);
    fflush(stdout);
}

static void run(int rate, int seconds) {
    int64_t begin = now_us(), tick = 0, next_scan = 0, up_at = 0, next_leave = 0;
    int started = 0, leaving = 0, up = 0, ending = 0;
    while (gone + failed < calls) {
        int64_t now = now_us(), due = begin + tick * 1000;
        if (now < due) {
            struct timespec pause = {0, (due - now) * 1000};
            nanosleep(&pause, NULL);
        } else if ((now - due) / 1000 > latest_ms) {
            latest_ms = (now - due) / 1000;
        }
        send_slot(tick % SLOTS);
        int64_t ms = tick++;
        receive_messages();
        while (started < calls && started < 1 + ms * rate / 1000) request(started++, INVITED, 0);
        if (ms >= next_scan) {
            next_scan = ms + SCAN_MS;
            repeat_requests(now_ms());
            drop_reports();
        }
        if (!up && talking + failed == calls) {
            if (!up_at) up_at = ms + SETTLE_MS;
            if (ms >= up_at) {
                up = 1;
                tell("up");
            }
        }
        if (up && !ending && ms >= up_at + seconds * 1000LL) {
            ending = 1;
            next_leave = ms;
            tell("ending");
        }
        while (ending && leaving < calls && leaving < 1 + (ms - next_leave) * rate / 1000) {
            if (call[leaving].state == TALKING) {
                end_streams(leaving);
                talking--;
                request(leaving, LEAVING, 2);
            }
            leaving++;
        }
    }
}

int main(int argc, char **argv) {
    if (argc != 7) {
        fprintf(stderr, "usage: call_load <address> <port> <templates> <calls> <calls a second> <seconds>\n");
        return 2;
    }
    server_address = argv[1];
    calls = atoi(argv[4]);
    run_tag = now_us() & 0xff;
    call = calloc(calls, sizeof *call);
    stream = calloc(2 * calls, sizeof *stream);
    if (!call || !stream) die("calloc");
    const char *names[] = {"invite", "ack", "bye"};
    int size = 4 << 20;
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[2]))};
    inet_pton(AF_INET, server_address, &to.sin_addr);
    sip = udp(0);
    if (sip < 0 || connect(sip, (struct sockaddr *)&to, sizeof to) < 0) die("connect");
    setsockopt(sip, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
    char port[16];
    snprintf(port, sizeof port, "%05d", port_of(sip));
    for (int i = 0; i < 3; i++) {
        templates[i] = read_file(argv[3], names[i]);
        replace(templates[i], "55555", port);
    }
    make_noise();
    open_rtp();
    run(atoi(argv[5]), atoi(argv[6]));
    for (int i = 0; i < 2 * calls; i++) printf("stream %d %u\n", i, stream[i].packets);
    printf("done %d %d %d %lld\n", gone, failed, repeated, (long long)latest_ms);
    return 0;
}
