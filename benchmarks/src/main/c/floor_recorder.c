/*
 * The least that a recorder of G.711 calls costs: sweeps its sockets every 100 ms with recvmmsg and writes 16-bit WAV files of
 * the two streams of each call. Knows as much SIP as it takes to answer the calls of call_load, and nothing of what may go
 * wrong with a call.
 *
 * usage: floor_recorder <address> <directory> <first RTP port>     Tells its SIP port on standard output.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
    SWEEP_MS = 100,
    BATCH = 64,               /* packets of one recvmmsg */
    PACKET = 2048,            /* bytes that a packet may have */
    HEADER = 12,              /* of RTP */
    WAV_HEADER = 44,
    BLOCK = 2048,             /* samples that are written at a time */
    RECEIVE_BUFFER = 200 * 1024,
    MAX_STREAMS = 16384,
    MAX_MESSAGE = 8192
};

struct stream {
    int socket, file, place;
    int begun, used;
    uint32_t first_timestamp;
    int64_t block_at, end; /* in samples */
    int16_t block[BLOCK];
};

struct call {
    char id[64];
    int port[2];
    struct stream *stream[2];
};

static const char *address, *directory;
static int16_t law[256];
static struct stream *streams[MAX_STREAMS];
static int stream_count, next_port, call_count;
static struct call calls[1 << 16];

static void die(const char *what) {
    perror(what);
    exit(1);
}

static int64_t now_ms(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000LL + t.tv_nsec / 1000000;
}

static void make_law(void) {
    for (int code = 0; code < 256; code++) {
        int bits = ~code & 0xff;
        int magnitude = ((((bits & 0x0f) << 3) + 0x84) << (bits >> 4 & 7)) - 0x84;
        law[code] = bits & 0x80 ? -magnitude : magnitude;
    }
}

static int udp(int port) {
    struct sockaddr_in local = {.sin_family = AF_INET, .sin_port = htons(port)};
    inet_pton(AF_INET, address, &local.sin_addr);
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    if (fd < 0) die("socket");
    if (bind(fd, (struct sockaddr *)&local, sizeof local) < 0) {
        close(fd);
        return -1;
    }
    return fd;
}

static void write_header(struct stream *s) {
    uint32_t bytes = 2 * s->end;
    struct {
        char riff[4];
        uint32_t size;
        char wave[8];
        uint32_t format_size;
        uint16_t code, channels;
        uint32_t rate, byte_rate;
        uint16_t frame, bits;
        char data[4];
        uint32_t data_size;
    } header = {{'R', 'I', 'F', 'F'}, bytes + 36, {'W', 'A', 'V', 'E', 'f', 'm', 't', ' '}, 16, 1, 1, 8000, 16000, 2, 16,
                {'d', 'a', 't', 'a'}, bytes};
    if (pwrite(s->file, &header, WAV_HEADER, 0) != WAV_HEADER) die("write");
}

static void flush_block(struct stream *s) {
    if (s->used && pwrite(s->file, s->block, 2 * s->used, WAV_HEADER + 2 * s->block_at) != 2 * s->used) die("write");
    s->block_at += s->used;
    s->used = 0;
}

static void take(struct stream *s, const uint8_t *packet, int length) {
    if (length < HEADER || packet[0] >> 6 != 2 || (packet[1] & 0x7f) != 0) return;
    uint32_t timestamp = (uint32_t)packet[4] << 24 | packet[5] << 16 | packet[6] << 8 | packet[7];
    if (!s->begun) {
        s->begun = 1;
        s->first_timestamp = timestamp;
    }
    int64_t sample = (int32_t)(timestamp - s->first_timestamp);
    if (sample < 0) return;
    if (sample != s->block_at + s->used || s->used + length - HEADER > BLOCK) {
        flush_block(s);
        s->block_at = sample;
    }
    for (int i = HEADER; i < length && s->used < BLOCK; i++) s->block[s->used++] = law[packet[i]];
    if (s->block_at + s->used > s->end) s->end = s->block_at + s->used;
}

static void drain(struct stream *s) {
    static uint8_t packets[BATCH][PACKET];
    static struct iovec parts[BATCH];
    static struct mmsghdr messages[BATCH];
    if (!messages[0].msg_hdr.msg_iov) {
        for (int i = 0; i < BATCH; i++) {
            parts[i] = (struct iovec){packets[i], PACKET};
            messages[i].msg_hdr = (struct msghdr){.msg_iov = &parts[i], .msg_iovlen = 1};
        }
    }
    int count;
    do {
        count = recvmmsg(s->socket, messages, BATCH, MSG_DONTWAIT, NULL);
        for (int i = 0; i < count; i++) take(s, packets[i], messages[i].msg_len);
    } while (count == BATCH);
}

static struct stream *open_stream(const char *id, int index, int *port) {
    char path[4096];
    int size = RECEIVE_BUFFER;
    struct stream *s = calloc(1, sizeof *s);
    if (!s || stream_count == MAX_STREAMS) die("streams");
    do {
        *port = next_port;
        next_port += 2;
    } while ((s->socket = udp(*port)) < 0);
    setsockopt(s->socket, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
    snprintf(path, sizeof path, "%s/%s-%d.wav", directory, id, index);
    s->file = open(path, O_CREAT | O_EXCL | O_WRONLY, 0644);
    if (s->file < 0) die(path);
    write_header(s);
    s->place = stream_count;
    streams[stream_count++] = s;
    return s;
}

static void close_stream(struct stream *s) {
    drain(s);
    flush_block(s);
    write_header(s);
    close(s->file);
    close(s->socket);
    streams[s->place] = streams[--stream_count];
    streams[s->place]->place = s->place;
    free(s);
}

/* The value of a header, and how long it is. */
static const char *value(const char *text, const char *name, int *length) {
    const char *at = strcasestr(text, name);
    if (!at) return NULL;
    at += strlen(name);
    while (*at == ' ') at++;
    *length = strstr(at, "\r\n") - at;
    return at;
}

static struct call *find(const char *id, int length) {
    for (int i = call_count - 1; i >= 0; i--) {
        if ((int)strlen(calls[i].id) == length && memcmp(calls[i].id, id, length) == 0) return &calls[i];
    }
    return NULL;
}

static struct call *begin(const char *id, int length) {
    struct call *c = &calls[call_count++];
    snprintf(c->id, sizeof c->id, "%.*s", length, id);
    for (int i = 0; i < 2; i++) c->stream[i] = open_stream(c->id, i, &c->port[i]);
    return c;
}

static void end(struct call *c) {
    for (int i = 0; i < 2; i++) {
        if (c->stream[i]) close_stream(c->stream[i]);
        c->stream[i] = NULL;
    }
}

static int offer_answer(char *body, size_t room, const struct call *c) {
    return snprintf(body, room,
            "v=0\r\no=floor 1 1 IN IP4 %s\r\ns=-\r\nc=IN IP4 %s\r\nt=0 0\r\n"
            "m=audio %d RTP/AVP 0\r\na=recvonly\r\nm=audio %d RTP/AVP 0\r\na=recvonly\r\n",
            address, address, c->port[0], c->port[1]);
}

static void on_request(int sip, const char *text, const struct sockaddr_in *from) {
    char out[MAX_MESSAGE], body[1024] = "";
    int via_length, from_length, to_length, id_length, cseq_length, length = 0;
    const char *via = value(text, "\r\nVia:", &via_length), *caller = value(text, "\r\nFrom:", &from_length);
    const char *to = value(text, "\r\nTo:", &to_length), *id = value(text, "\r\nCall-ID:", &id_length);
    const char *cseq = value(text, "\r\nCSeq:", &cseq_length);
    if (!via || !caller || !to || !id || !cseq || strncmp(text, "ACK ", 4) == 0) return;
    struct call *c = find(id, id_length);
    int invite = strncmp(text, "INVITE ", 7) == 0;
    if (invite) {
        c = c ? c : begin(id, id_length);
        length = offer_answer(body, sizeof body, c);
    } else if (c) {
        end(c);
    }
    int total = snprintf(out, sizeof out,
            "SIP/2.0 200 OK\r\nVia: %.*s\r\nFrom: %.*s\r\nTo: %.*s%s\r\nCall-ID: %.*s\r\nCSeq: %.*s\r\n"
            "Contact: <sip:%s>\r\n%sContent-Length: %d\r\n\r\n%s",
            via_length, via, from_length, caller, to_length, to, invite ? ";tag=floor" : "", id_length, id, cseq_length, cseq,
            address, invite ? "Content-Type: application/sdp\r\n" : "", length, body);
    sendto(sip, out, total, 0, (const struct sockaddr *)from, sizeof *from);
}

static void serve_sip(int sip, int wait_ms) {
    struct pollfd ready = {.fd = sip, .events = POLLIN};
    if (poll(&ready, 1, wait_ms) <= 0) return;
    char text[MAX_MESSAGE];
    struct sockaddr_in from;
    socklen_t from_length = sizeof from;
    ssize_t length = recvfrom(sip, text, sizeof text - 1, MSG_DONTWAIT, (struct sockaddr *)&from, &from_length);
    if (length <= 0) return;
    text[length] = 0;
    on_request(sip, text, &from);
}

int main(int argc, char **argv) {
    if (argc != 4) {
        fprintf(stderr, "usage: floor_recorder <address> <directory> <first RTP port>\n");
        return 2;
    }
    address = argv[1];
    directory = argv[2];
    next_port = atoi(argv[3]);
    make_law();
    int sip = udp(0), size = 4 << 20;
    struct sockaddr_in local;
    socklen_t length = sizeof local;
    setsockopt(sip, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
    getsockname(sip, (struct sockaddr *)&local, &length);
    printf("%d\n", ntohs(local.sin_port));
    fflush(stdout);
    for (int64_t next = now_ms();;) {
        int64_t left = next - now_ms();
        if (left > 0) {
            serve_sip(sip, left);
            continue;
        }
        for (int i = 0; i < stream_count; i++) drain(streams[i]);
        next += SWEEP_MS;
        if (next < now_ms()) next = now_ms() + 1;
    }
}
