package io.siprec.rtp.srtp;

import static io.siprec.rtp.srtp.SrtpOutcome.ACCEPTED;
import static io.siprec.rtp.srtp.SrtpOutcome.MALFORMED;
import static io.siprec.rtp.srtp.SrtpOutcome.NOT_AUTHENTIC;
import static io.siprec.rtp.srtp.SrtpOutcome.REPLAYED;
import static io.siprec.rtp.srtp.SrtpOutcome.TOO_MANY_SSRCS;
import static io.siprec.rtp.srtp.SrtpOutcome.UNKNOWN_MKI;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.siprec.rtp.RtpPacket;
import io.siprec.rtp.RtpPacketWriter;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SrtpReceiverTest {
    private static final int SSRC = 0x1234abcd;

    private final SrtpScratch scratch = new SrtpScratch();
    private final Random random = new Random(5);

    @ParameterizedTest
    @EnumSource
    void C202_everyOrderWithLossDuplicatesAndWrapsGivesEachPacketOnce(SrtpSuite suite) {
        for (int seed = 0; seed < 5; seed++) {
            Random order = new Random(seed);
            SrtpKeys keys = keys(suite);
            SrtpSender sender = new SrtpSender(keys, scratch);
            SrtpReceiver receiver = receiver(keys);
            int first = 65_536 - order.nextInt(300);
            List<ByteBuffer> block = new ArrayList<>();
            assertThat(receiver.unprotect(sent(sender, first, SSRC))).isEqualTo(ACCEPTED);
            int distinct = 1;
            int copies = 0;
            for (int i = 1; i < 600; i++) {
                ByteBuffer packet = sent(sender, first + i, SSRC);
                if (order.nextInt(20) > 0) {
                    block.add(packet);
                    distinct++;
                    if (order.nextInt(20) == 0) {
                        block.add(copy(packet));
                        copies++;
                    }
                }
                if (i % 60 == 0) {
                    Collections.shuffle(block, order);
                    block.forEach(receiver::unprotect);
                    block.clear();
                }
            }
            block.forEach(receiver::unprotect);
            assertThat(receiver.count(ACCEPTED)).as("%s, seed %d", suite, seed).isEqualTo(distinct);
            assertThat(receiver.count(REPLAYED)).as("%s, seed %d", suite, seed).isEqualTo(copies);
        }
    }

    @ParameterizedTest
    @EnumSource
    void C202_aForgedPacketChangesNothing(SrtpSuite suite) {
        SrtpKeys keys = keys(suite);
        SrtpSender sender = new SrtpSender(keys, scratch);
        SrtpReceiver receiver = receiver(keys);
        ByteBuffer genuine = sent(sender, 7, SSRC);
        for (int at = 1; at < genuine.limit(); at++) {
            ByteBuffer forged = copy(genuine);
            forged.put(at, (byte) (forged.get(at) ^ 1 << at % 8));
            String before = Hex.of(forged);
            assertThat(receiver.unprotect(forged)).as("bit of byte %d", at).isEqualTo(NOT_AUTHENTIC);
            assertThat(Hex.of(forged)).isEqualTo(before);
        }
        assertThat(receiver.unprotect(genuine)).isEqualTo(ACCEPTED);
    }

    @Test
    void C202_aForgedLeapDoesNotMoveTheWindow() {
        SrtpKeys keys = keys(SrtpSuite.AES_CM_128_HMAC_SHA1_80);
        SrtpSender sender = new SrtpSender(keys, scratch);
        SrtpReceiver receiver = receiver(keys);
        receiver.unprotect(sent(sender, 100, SSRC));
        ByteBuffer forged = sent(sender, 101, SSRC);
        forged.putShort(2, (short) 30_000);
        assertThat(receiver.unprotect(forged)).isEqualTo(NOT_AUTHENTIC);
        assertThat(receiver.unprotect(sent(sender, 102, SSRC))).isEqualTo(ACCEPTED);
    }

    @Test
    void C202_anOutageOfMoreThanHalfTheCircleEndsAfterSomeFailures() {
        SrtpKeys keys = keys(SrtpSuite.AES_CM_128_HMAC_SHA1_80);
        SrtpSender sender = new SrtpSender(keys, scratch);
        SrtpReceiver receiver = receiver(keys);
        assertThat(receiver.unprotect(sent(sender, 100, SSRC))).isEqualTo(ACCEPTED);
        for (int lost = 101; lost < 70_000; lost++) {
            sent(sender, lost, SSRC);
        }
        for (int i = 0; i < 100; i++) {
            receiver.unprotect(sent(sender, 70_000 + i, SSRC));
        }
        assertThat(receiver.count(NOT_AUTHENTIC)).isEqualTo(ReceiveContext.FAILURES_BEFORE_NEXT_ROC);
        assertThat(receiver.count(ACCEPTED)).isEqualTo(1 + 100 - ReceiveContext.FAILURES_BEFORE_NEXT_ROC);
    }

    @Test
    void C202_randomOctetsAreRefused() {
        SrtpReceiver receiver = receiver(keys(SrtpSuite.AES_CM_128_HMAC_SHA1_32));
        for (int i = 0; i < 20_000; i++) {
            byte[] octets = new byte[random.nextInt(80)];
            random.nextBytes(octets);
            if (octets.length > 0 && i % 2 == 0) {
                octets[0] = (byte) (octets[0] & 0x3f | 0x80);
            }
            SrtpOutcome rtp = receiver.unprotect(ByteBuffer.wrap(octets.clone()));
            SrtpOutcome rtcp = receiver.unprotectRtcp(ByteBuffer.wrap(octets.clone()));
            assertThat(List.of(rtp, rtcp)).isSubsetOf(MALFORMED, NOT_AUTHENTIC);
        }
        assertThat(receiver.unprotect(ByteBuffer.allocate(SrtpScratch.MAX_PACKET_BYTES + 1)))
                .isEqualTo(MALFORMED);
        assertThat(receiver.count(MALFORMED) + receiver.count(NOT_AUTHENTIC)).isEqualTo(20_001);
    }

    @ParameterizedTest
    @EnumSource
    void C202_opensWhatLiesAnywhereInABuffer(SrtpSuite suite) {
        SrtpKeys keys = keys(suite);
        ByteBuffer packet = sent(new SrtpSender(keys, scratch), 1, SSRC);
        ByteBuffer shifted =
                ByteBuffer.allocate(500).position(33).put(packet).flip().position(33);
        assertThat(receiver(keys).unprotect(shifted)).isEqualTo(ACCEPTED);
        assertThat(shifted.position()).isEqualTo(33);
        assertThat(Hex.of(shifted)).isEqualTo(Hex.of(rtp(1, SSRC)));
    }

    @ParameterizedTest
    @EnumSource
    void paddingExtensionAndSourcesComeOutAsTheyWentIn(SrtpSuite suite) {
        SrtpKeys keys = keys(suite);
        String plain = "b1000001 00000002 1234abcd 00000005 bede0001 11223344 aabbcc 00000004".replace(" ", "");
        ByteBuffer packet = Hex.roomy(Hex.bytes(plain));
        new SrtpSender(keys, scratch).protect(packet);
        assertThat(Hex.of(packet)).as("the header stays in clear").startsWith(plain.substring(0, 48));
        assertThat(receiver(keys).unprotect(packet)).isEqualTo(ACCEPTED);
        assertThat(Hex.of(packet)).isEqualTo(plain);
        RtpPacket parsed = new RtpPacket();
        assertThat(parsed.parse(packet)).isTrue();
        assertThat(parsed.payloadLength()).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource
    void C203_forgedAndReplayedRtcpIsRefused(SrtpSuite suite) {
        SrtpKeys keys = keys(suite);
        SrtpSender sender = new SrtpSender(keys, scratch);
        SrtpReceiver receiver = receiver(keys);
        String plain = "80c80001" + "1234abcd" + "81ca0002" + "1234abcd" + "01016100";
        ByteBuffer genuine = Hex.roomy(Hex.bytes(plain));
        sender.protectRtcp(genuine);
        int length = genuine.limit();
        assertThat(length).isEqualTo(plain.length() / 2 + sender.rtcpOverheadBytes());
        assertThat(Hex.of(genuine).substring(16, plain.length())).isNotEqualTo(plain.substring(16));
        for (int at = 1; at < length; at++) {
            ByteBuffer forged = copy(genuine);
            forged.put(at, (byte) (forged.get(at) ^ 1 << at % 8));
            assertThat(receiver.unprotectRtcp(forged)).as("bit of byte %d", at).isEqualTo(NOT_AUTHENTIC);
        }
        ByteBuffer untagged = copy(genuine).limit(plain.length() / 2);
        assertThat(receiver.unprotectRtcp(untagged)).as("the tag is mandatory").isNotEqualTo(ACCEPTED);
        ByteBuffer again = copy(genuine);
        assertThat(receiver.unprotectRtcp(genuine)).isEqualTo(ACCEPTED);
        assertThat(Hex.of(genuine)).isEqualTo(plain);
        assertThat(receiver.unprotectRtcp(again)).isEqualTo(REPLAYED);
        assertThat(receiver.rtcpCount(ACCEPTED)).isEqualTo(1);
        assertThat(receiver.rtcpCount(REPLAYED)).isEqualTo(1);
    }

    @Test
    void C203_rtcpThatIsOnlyAuthenticatedIsTaken() {
        SrtpKeys keys = keys(SrtpSuite.AEAD_AES_128_GCM);
        MasterKey master = new MasterKey(keys);
        byte[] plain = Hex.bytes("80c90001 1234abcd");
        System.arraycopy(plain, 0, scratch.packet, 0, plain.length);
        scratch.int32(master.rtcpWordAt(plain.length), 5); // the E flag isn't set
        master.rtcp.seal(scratch, plain.length, plain.length, master.rtcpTagAt(plain.length), 5, SSRC, 5);
        ByteBuffer packet = ByteBuffer.wrap(scratch.packet.clone(), 0, plain.length + master.rtcpTrailerBytes());
        assertThat(receiver(keys).unprotectRtcp(packet)).isEqualTo(ACCEPTED);
        assertThat(Hex.of(packet)).isEqualTo(Hex.of(plain));
    }

    @Test
    void C205_everySsrcUnderAKeyHasItsOwnRolloverCount() {
        SrtpKeys keys = keys(SrtpSuite.AES_CM_128_HMAC_SHA1_80);
        SrtpSender sender = new SrtpSender(keys, scratch);
        SrtpReceiver receiver = receiver(keys);
        for (int i = 0; i < 10; i++) {
            assertThat(receiver.unprotect(sent(sender, 65_530 + i, 1))).isEqualTo(ACCEPTED);
            assertThat(receiver.unprotect(sent(sender, 100 + i, 2))).isEqualTo(ACCEPTED);
        }
    }

    @Test
    void C205_anSsrcIsKnownOnlyOnceTheKeySpokeForItAndTheirNumberIsBounded() {
        SrtpKeys keys = keys(SrtpSuite.AES_CM_128_HMAC_SHA1_80);
        SrtpSender stranger = new SrtpSender(keys(SrtpSuite.AES_CM_128_HMAC_SHA1_80), scratch);
        SrtpReceiver receiver = receiver(keys);
        for (int ssrc = 0; ssrc < IndexTable.MAX_SSRCS; ssrc++) {
            assertThat(receiver.unprotect(sent(stranger, 1, ssrc))).isEqualTo(NOT_AUTHENTIC);
        }
        SrtpSender sender = new SrtpSender(keys, scratch);
        for (int ssrc = 0; ssrc < IndexTable.MAX_SSRCS; ssrc++) {
            assertThat(receiver.unprotect(sent(sender, 1, ssrc))).isEqualTo(ACCEPTED);
        }
        SrtpSender more = new SrtpSender(keys, scratch);
        assertThat(receiver.unprotect(sent(more, 1, -1))).isEqualTo(TOO_MANY_SSRCS);
        assertThat(receiver.unprotect(sent(sender, 2, 0)))
                .as("those known go on")
                .isEqualTo(ACCEPTED);
        assertThatThrownBy(() -> sent(sender, 1, -1)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void C205_theSameKeysKeepTheRolloverCount() {
        SrtpKeys keys = keys(SrtpSuite.AES_CM_128_HMAC_SHA1_80);
        SrtpSender sender = new SrtpSender(keys, scratch);
        SrtpReceiver receiver = receiver(keys);
        receiver.unprotect(sent(sender, 65_535, SSRC));
        ByteBuffer wrapped = sent(sender, 65_536, SSRC);
        ByteBuffer again = copy(wrapped);
        assertThat(receiver.unprotect(wrapped)).isEqualTo(ACCEPTED);
        receiver.rekey(List.of(keys.copy()));
        sender.rekey(keys.copy());
        assertThat(receiver.unprotect(again)).as("the window stays too").isEqualTo(REPLAYED);
        assertThat(receiver.unprotect(sent(sender, 65_537, SSRC))).isEqualTo(ACCEPTED);
    }

    @Test
    void C205_newKeysBeginAtZeroAndLetThoseOnTheWayIn() {
        SrtpKeys before = keys(SrtpSuite.AES_CM_128_HMAC_SHA1_80);
        SrtpKeys after = keys(SrtpSuite.AEAD_AES_256_GCM);
        SrtpSender sender = new SrtpSender(before, scratch);
        SrtpReceiver receiver = receiver(before);
        receiver.unprotect(sent(sender, 65_535, SSRC));
        receiver.unprotect(sent(sender, 65_536, SSRC));
        ByteBuffer onTheWay = sent(sender, 65_537, SSRC);
        ByteBuffer tooLate = sent(sender, 65_536 + 300, SSRC);
        sender.rekey(after);
        receiver.rekey(List.of(after));
        assertThat(receiver.unprotect(sent(sender, 3, SSRC))).isEqualTo(ACCEPTED);
        assertThat(receiver.unprotect(onTheWay)).isEqualTo(ACCEPTED);
        for (int i = 1; i < SrtpReceiver.PACKETS_OF_OVERLAP; i++) {
            assertThat(receiver.unprotect(sent(sender, 3 + i, SSRC))).isEqualTo(ACCEPTED);
        }
        assertThat(receiver.unprotect(tooLate)).as("the old keys are gone").isEqualTo(NOT_AUTHENTIC);
        assertThat(receiver.count(NOT_AUTHENTIC)).isEqualTo(1);
    }

    @Test
    void C205_aSenderThatKeepsItsRolloverCountAcrossNewKeysIsUnderstood() {
        SrtpKeys before = keys(SrtpSuite.AES_CM_128_HMAC_SHA1_80);
        SrtpKeys after = keys(SrtpSuite.AES_CM_128_HMAC_SHA1_80);
        SrtpSender sender = new SrtpSender(before, scratch);
        SrtpReceiver receiver = receiver(before);
        receiver.unprotect(sent(sender, 65_535, SSRC));
        receiver.unprotect(sent(sender, 65_536, SSRC));
        SrtpSender keeps = new SrtpSender(after, scratch);
        sent(keeps, 65_535, SSRC); // brings it to a rollover count of 1
        receiver.rekey(List.of(after));
        assertThat(receiver.unprotect(sent(keeps, 65_537, SSRC))).isEqualTo(ACCEPTED);
        assertThat(receiver.unprotect(sent(keeps, 65_538, SSRC))).isEqualTo(ACCEPTED);
    }

    @Test
    void C205_goingBackToTheKeysBeforeGoesOnWhereTheyWere() {
        SrtpKeys first = keys(SrtpSuite.AES_CM_128_HMAC_SHA1_80);
        SrtpKeys second = keys(SrtpSuite.AES_CM_128_HMAC_SHA1_80);
        SrtpSender sender = new SrtpSender(first, scratch);
        SrtpReceiver receiver = receiver(first);
        ByteBuffer early = sent(sender, 65_535, SSRC);
        ByteBuffer again = copy(early);
        receiver.unprotect(early);
        receiver.unprotect(sent(sender, 65_536, SSRC));
        receiver.rekey(List.of(second));
        receiver.rekey(List.of(first));
        assertThat(receiver.unprotect(again)).isEqualTo(REPLAYED);
        assertThat(receiver.unprotect(sent(sender, 65_537, SSRC))).isEqualTo(ACCEPTED);
        assertThat(receiver.unprotect(sent(new SrtpSender(second, scratch), 1, SSRC)))
                .isEqualTo(ACCEPTED);
    }

    @Test
    void C205_theMkiChoosesTheKey() {
        SrtpKeys one = keys(SrtpSuite.AES_CM_128_HMAC_SHA1_32).withMki(new byte[] {0, 1});
        SrtpKeys two = keys(SrtpSuite.AES_CM_128_HMAC_SHA1_32).withMki(new byte[] {0, 2});
        SrtpKeys three = keys(SrtpSuite.AES_CM_128_HMAC_SHA1_32).withMki(new byte[] {0, 3});
        SrtpReceiver receiver = new SrtpReceiver(List.of(one, two), scratch);
        assertThat(receiver.unprotect(sent(new SrtpSender(one, scratch), 1, SSRC)))
                .isEqualTo(ACCEPTED);
        assertThat(receiver.unprotect(sent(new SrtpSender(two, scratch), 2, SSRC)))
                .isEqualTo(ACCEPTED);
        assertThat(receiver.unprotect(sent(new SrtpSender(three, scratch), 3, SSRC)))
                .isEqualTo(UNKNOWN_MKI);
    }

    @Test
    void C205_keysThatDontGoTogetherAreRefused() {
        SrtpKeys plain = keys(SrtpSuite.AES_CM_128_HMAC_SHA1_80);
        SrtpKeys named = plain.withMki(new byte[] {1});
        SrtpKeys gcm = keys(SrtpSuite.AEAD_AES_128_GCM).withMki(new byte[] {2});
        for (List<SrtpKeys> wrong :
                List.of(List.<SrtpKeys>of(), List.of(plain, plain), List.of(plain, named), List.of(named, gcm))) {
            assertThatThrownBy(() -> new SrtpReceiver(wrong, scratch)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aSenderUsesNoIndexTwice() {
        SrtpSender sender = new SrtpSender(keys(SrtpSuite.AEAD_AES_128_GCM), scratch);
        sent(sender, 9, SSRC);
        assertThatThrownBy(() -> sent(sender, 9, SSRC)).isInstanceOf(IllegalStateException.class);
        sent(sender, 8, SSRC);
    }

    @Test
    void aSenderNeedsRoomForTheTag() {
        SrtpSender sender = new SrtpSender(keys(SrtpSuite.AEAD_AES_128_GCM), scratch);
        ByteBuffer tight = ByteBuffer.wrap(rtp(1, SSRC));
        assertThatThrownBy(() -> sender.protect(tight)).isInstanceOf(BufferOverflowException.class);
        assertThatThrownBy(() -> sender.protectRtcp(tight)).isInstanceOf(BufferOverflowException.class);
        assertThatThrownBy(() -> sender.protect(Hex.roomy(new byte[12]))).isInstanceOf(IllegalArgumentException.class);
    }

    private SrtpKeys keys(SrtpSuite suite) {
        byte[] octets = new byte[suite.keyBytes() + suite.saltBytes()];
        random.nextBytes(octets);
        return SrtpKeys.of(suite, octets);
    }

    private SrtpReceiver receiver(SrtpKeys keys) {
        return new SrtpReceiver(List.of(keys), scratch);
    }

    private static byte[] rtp(int sequence, int ssrc) {
        byte[] payload = new byte[40];
        new Random(sequence).nextBytes(payload);
        return new RtpPacketWriter()
                .sequence(sequence)
                .timestamp(160L * sequence)
                .ssrc(ssrc)
                .packet(payload)
                .array();
    }

    private static ByteBuffer sent(SrtpSender sender, int sequence, int ssrc) {
        ByteBuffer packet = Hex.roomy(rtp(sequence, ssrc));
        sender.protect(packet);
        return packet;
    }

    private static ByteBuffer copy(ByteBuffer packet) {
        return ByteBuffer.allocate(packet.limit()).put(packet.duplicate()).flip();
    }
}
