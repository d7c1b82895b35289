package io.siprec.sip.internal.dialog;

import io.siprec.sip.internal.auth.Authorizer;
import io.siprec.sip.internal.transport.Peer;
import io.siprec.sip.message.SipRequest;
import io.siprec.sip.message.SipResponse;
import java.util.HashMap;
import java.util.Map;

/** The early dialogs that an INVITE of ours has made, one for each To tag (RFC 3261 section 13.2.2.1). Loop thread only. */
final class EarlyBranches {
    private static final int MAX_BRANCHES = 8;

    private final Context context;
    private final Authorizer authorizer;
    private final Map<String, Branch> branches = new HashMap<>(2);

    private record Branch(DialogSender sender, ReliableResponses responses) {}

    EarlyBranches(Context context, Authorizer authorizer) {
        this.context = context;
        this.authorizer = authorizer;
    }

    /** Whether a provisional response counts: what is reliable is acknowledged, what came before is not told again. */
    boolean takes(SipRequest invite, SipResponse response, Peer peer) {
        if (!ReliableResponses.is(response)) {
            return true;
        }
        String tag = response.to().tag().orElse("");
        if (branches.size() == MAX_BRANCHES && !branches.containsKey(tag)) {
            return true; // one that is not acknowledged ends by itself
        }
        return branches.computeIfAbsent(tag, key -> branch(invite, response, peer))
                .responses()
                .acknowledges(response, peer);
    }

    private Branch branch(SipRequest invite, SipResponse response, Peer peer) {
        DialogPath path = DialogPath.client(context, invite, response, peer, authorizer);
        DialogSender sender = new DialogSender(context, path, invite.cseq().number(), true);
        return new Branch(sender, new ReliableResponses(context, sender));
    }

    /** The last CSeq number that was used in the dialog with this tag: its next request takes the one after. */
    long lastSeq(SipRequest invite, String tag) {
        Branch branch = branches.get(tag);
        return branch == null ? invite.cseq().number() : branch.sender().lastSeq();
    }

    /** The INVITE has its final response. */
    void close() {
        branches.values().forEach(branch -> branch.sender().close());
    }

    /** Another INVITE makes other dialogs. */
    void clear() {
        close();
        branches.clear();
    }
}
