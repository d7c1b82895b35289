package io.siprec.core.sdp;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where this recorder takes media: at most one address of each family.
 *
 * @param addresses the first one stands for the recorder, in o= and in the c= line of the session level
 */
public record LocalAddresses(List<String> addresses) {
    /** Copies the list. */
    public LocalAddresses {
        addresses = List.copyOf(addresses);
        if (addresses.isEmpty() || addresses.size() != families(addresses).size()) {
            throw new IllegalArgumentException("one address of each family, at least one, was " + addresses);
        }
    }

    /** A recorder with these addresses, the main one first. */
    public static LocalAddresses of(String... addresses) {
        return new LocalAddresses(List.of(addresses));
    }

    /** The address that stands for the recorder. */
    public String main() {
        return addresses.get(0);
    }

    /** The families that media can be taken in. */
    public Set<AddressFamily> families() {
        return families(addresses);
    }

    /** The address that {@code line} is answered with: the main one where it names none. */
    public String of(PlannedLine line) {
        return line.rtp()
                .map(remote -> Connection.of(remote.host()).family())
                .flatMap(this::connection)
                .map(Connection::address)
                .orElse(main());
    }

    Optional<Connection> connection(AddressFamily family) {
        return addresses.stream()
                .map(Connection::of)
                .filter(one -> one.family() == family)
                .findFirst();
    }

    private static Set<AddressFamily> families(List<String> addresses) {
        Set<AddressFamily> families = EnumSet.noneOf(AddressFamily.class);
        addresses.forEach(address -> families.add(Connection.of(address).family()));
        return families;
    }
}
