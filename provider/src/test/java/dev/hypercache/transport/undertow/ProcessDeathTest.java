package dev.hypercache.transport.undertow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.spi.transport.CallFailure.ConnectionLost;
import dev.hypercache.spi.transport.Outcome;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The death of a real process is news at once, long before a ping could be missed. */
final class ProcessDeathTest extends RawNodes {

    @Test
    void deathOfAProcessIsAReset() throws Exception {
        Node one = start("one");
        try (OtherProcess other = OtherProcess.start()) {
            Outcome echoed = new Outcome();
            one.transport().link(other.peer()).call(frame("hello"), 0, LONG_NANOS, echoed);
            assertThat(text(echoed.awaitReply())).isEqualTo("hello");
            assertThat(one.listener().awaitNews()).isEqualTo("connected other#1");

            other.kill();

            assertThat(one.listener().awaitNews()).isEqualTo("reset other#1");
            Outcome lost = new Outcome();
            one.transport().link(other.peer()).call(frame("hello"), 0, LONG_NANOS, lost);
            assertThat(lost.awaitFailure())
                    .isInstanceOfSatisfying(
                            ConnectionLost.class,
                            failure -> assertThat(failure.maybeExecuted()).isFalse());
        }
    }

    @Test
    void noThreadKeepsAProcessAlive() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        try (OtherProcess other = OtherProcess.start()) {
            other.onExit(ended::countDown);
            other.endByItself();
            assertThat(ended.await(AWAIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        }
    }
}
