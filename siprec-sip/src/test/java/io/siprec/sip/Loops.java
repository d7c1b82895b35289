package io.siprec.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for what the loops of an endpoint do, by turns of theirs and not by time. */
final class Loops {
    private static final int MAX_TURNS = 100_000;

    private Loops() {}

    /** Lets the loops turn until it is done. */
    static void await(SipEndpoint endpoint, BooleanSupplier done) throws InterruptedException {
        for (int i = 0; i < MAX_TURNS && !done.getAsBoolean(); i++) {
            CountDownLatch turned = new CountDownLatch(endpoint.loops().size());
            endpoint.loops().forEach(loop -> loop.execute(turned::countDown));
            assertThat(turned.await(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(done.getAsBoolean()).isTrue();
    }
}
