/** The file format of packet captures (draft-ietf-opsawg-pcapng) and the packet headers in it. Knows no stream and no thread. */
package io.siprec.rtp.internal.pcapng;
