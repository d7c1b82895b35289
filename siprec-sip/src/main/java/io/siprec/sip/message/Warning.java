package io.siprec.sip.message;

/**
 * One value of the Warning header (RFC 3261 section 20.43).
 *
 * @param code 300 to 399
 * @param agent host or name of who warns
 * @param text for a person
 */
public record Warning(int code, String agent, String text) implements HeaderValue {
    /** The agent has no blank in it. */
    public Warning {
        if (code < 100 || code > 999) {
            throw new IllegalArgumentException("code must have three digits, was " + code);
        }
        if (!isAgent(agent)) {
            throw new IllegalArgumentException("agent must be a host or a name");
        }
    }

    private static boolean isAgent(String agent) {
        return !agent.isEmpty() && agent.chars().noneMatch(c -> c <= ' ' || c == '"' || c == ',');
    }

    /** Reads one value. */
    public static Warning parse(String text) throws SipParseException {
        Slice value = Slice.of(text).trim();
        byte[] bytes = value.bytes();
        int codeEnd = Octets.wordEnd(bytes, value.start(), value.end());
        int agentStart = Octets.skipBlanks(bytes, codeEnd, value.end());
        int agentEnd = Octets.wordEnd(bytes, agentStart, value.end());
        long code = codeEnd - value.start() == 3 ? Octets.number(bytes, value.start(), codeEnd, 999) : -1;
        String agent = Octets.text(bytes, agentStart, agentEnd);
        if (code < 100 || !isAgent(agent)) {
            throw new SipParseException(400, "Bad Warning header");
        }
        return new Warning((int) code, agent, Octets.unquoted(bytes, agentEnd, value.end()));
    }

    @Override
    public String toString() {
        return code + " " + agent + " " + NameAddress.quoted(text);
    }
}
