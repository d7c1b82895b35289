package io.siprec.sip;

import io.siprec.sip.message.SipBody;
import io.siprec.sip.message.SipRequest;
import java.util.Optional;

/** Hears that a reliable provisional response has arrived (RFC 3262). Called on the loop thread; must not block. */
@FunctionalInterface
public interface PrackListener {
    /**
     * The PRACK of the response.
     *
     * @param prack its body may hold the answer to an offer in the response, or another offer (section 5)
     * @return the body of the 200 to the PRACK: the answer to an offer in it, else empty
     */
    Optional<SipBody> onPrack(SipRequest prack);
}
