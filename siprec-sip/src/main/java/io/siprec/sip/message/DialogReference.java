package io.siprec.sip.message;

/**
 * What the Replaces (RFC 3891) and Join (RFC 3911) headers name: a dialog, its tags as the receiver has them.
 *
 * @param toTag the receiver's own tag
 * @param fromTag the tag of the receiver's peer
 * @param earlyOnly whether only an early dialog is meant
 */
public record DialogReference(String callId, String toTag, String fromTag, boolean earlyOnly) implements HeaderValue {

    /** Reads a value; both tags must be there, once each. */
    public static DialogReference parse(String text) throws SipParseException {
        Field field = Field.of(text);
        String toTag = field.parameters().value("to-tag").orElse("");
        String fromTag = field.parameters().value("from-tag").orElse("");
        if (field.head().isEmpty() || toTag.isEmpty() || fromTag.isEmpty()) {
            throw new SipParseException(400, "Bad reference to a dialog");
        }
        return new DialogReference(
                field.head(), toTag, fromTag, field.parameters().has("early-only"));
    }

    @Override
    public String toString() {
        return callId + ";to-tag=" + toTag + ";from-tag=" + fromTag + (earlyOnly ? ";early-only" : "");
    }
}
