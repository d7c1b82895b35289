package io.siprec.launcher;

import io.siprec.server.CallDecision;
import io.siprec.server.CallPolicy;
import io.siprec.server.CallRequest;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Takes calls to some users of the Request-URI only; users differ by case (RFC 3261 §8.2.2.1, §19.1.4). */
final class KnownUsers implements CallPolicy {
    private static final CallDecision UNKNOWN = CallDecision.refuse(404, "Unknown User");

    private final Set<String> users;

    KnownUsers(Collection<String> users) {
        this.users = Set.copyOf(users);
    }

    @Override
    public CompletionStage<CallDecision> decide(CallRequest request) {
        boolean known = users.contains(request.requestUser());
        return CompletableFuture.completedFuture(known ? CallDecision.accept() : UNKNOWN);
    }
}
