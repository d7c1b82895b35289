package io.siprec.sip.guard;

import io.siprec.sip.address.AddressLiteral;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * A block of addresses (RFC 4632 section 3.1, RFC 4291 section 2.3), as {@code 192.0.2.0/24} or {@code 2001:db8::/32}. An
 * address without a length is a block of one. An IPv4-mapped block ({@code ::ffff:192.0.2.0/120}) is the IPv4 block that it
 * stands for.
 */
public final class CidrBlock {
    private static final Pattern LENGTH = Pattern.compile("\\d{1,3}");
    private static final int MAPPED_BITS = 96;

    private final byte[] first; // the bits after the prefix are 0
    private final int prefixBits;

    private CidrBlock(byte[] address, int prefixBits) {
        this.prefixBits = prefixBits;
        this.first = address.clone();
        for (int bit = prefixBits; bit < first.length * 8; bit++) {
            first[bit / 8] &= (byte) ~(0x80 >> bit % 8);
        }
    }

    /**
     * Reads a block; bits after the prefix are ignored. No name is ever looked up.
     *
     * @throws IllegalArgumentException which says what is wrong with the text
     */
    public static CidrBlock parse(String text) {
        String trimmed = text.trim();
        int slash = trimmed.indexOf('/');
        String address = slash < 0 ? trimmed : trimmed.substring(0, slash);
        byte[] bytes = literal(address);
        int written = AddressLiteral.isIpv4(address) ? 32 : 128;
        int length = slash < 0 ? written : length(trimmed.substring(slash + 1), written);
        if (written == bytes.length * 8) {
            return new CidrBlock(bytes, length);
        }
        if (length < MAPPED_BITS) { // the JDK reads a mapped address as IPv4: a shorter prefix has no meaning there
            throw new IllegalArgumentException("an IPv4-mapped block needs a length of 96 to 128");
        }
        return new CidrBlock(bytes, length - MAPPED_BITS);
    }

    private static byte[] literal(String address) {
        return AddressLiteral.parse(address)
                .orElseThrow(() -> new IllegalArgumentException("not an IP address"))
                .getAddress();
    }

    private static int length(String text, int most) {
        int length = LENGTH.matcher(text).matches() ? Integer.parseInt(text) : Integer.MAX_VALUE;
        if (length > most) {
            throw new IllegalArgumentException("the length after / must be 0 to " + most);
        }
        return length;
    }

    /** The first address of the block, 4 or 16 bytes. */
    public byte[] firstAddress() {
        return first.clone();
    }

    /** How many leading bits all addresses of the block share. */
    public int prefixBits() {
        return prefixBits;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CidrBlock block && prefixBits == block.prefixBits && Arrays.equals(first, block.first);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(first) * 31 + prefixBits;
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        try {
            return InetAddress.getByAddress(first).getHostAddress() + "/" + prefixBits;
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
