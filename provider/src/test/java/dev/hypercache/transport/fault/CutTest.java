package dev.hypercache.transport.fault;

import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.spi.transport.CallFailure.TimedOut;
import dev.hypercache.spi.transport.Outcome;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What cuts, partitions and isolation keep apart, and that they heal. */
final class CutTest extends FaultyNodes {

    @Test
    void cutIsOneWay() throws Exception {
        Node one = start("one");
        Node two = start("two");
        List<String> served = served(two);
        faults.cut("two", "one");

        assertThat(one.call(two, "heard, not answered", 0, SHORT_NANOS).awaitFailure())
                .isEqualTo(new TimedOut(true));
        assertThat(two.call(one, "not heard", 0, SHORT_NANOS).awaitFailure()).isEqualTo(new TimedOut(true));

        assertThat(served).containsExactly("heard, not answered");
        assertThat(one.listener().firstEvents()).doesNotContain("call");
        faults.mend("two", "one");
        assertThat(text(two.call(one, "mended").awaitReply())).isEqualTo("mended");
    }

    @Test
    void partitionSeparatesItsSidesOnlyAndHeals() throws Exception {
        Node one = start("one");
        Node two = start("two");
        Node three = start("three");
        one.call(two, "before").awaitReply();
        faults.partition(Set.of("one"), Set.of("two", "three"));

        assertThat(one.call(two, "lost", 0, SHORT_NANOS).awaitFailure()).isEqualTo(new TimedOut(true));
        assertThat(three.call(one, "lost", 0, SHORT_NANOS).awaitFailure()).isEqualTo(new TimedOut(true));
        assertThat(text(two.call(three, "same side").awaitReply())).isEqualTo("same side");
        assertThat(one.listener().awaitNews()).isEqualTo("connected two#1");
        assertThat(one.listener().firstEvents()).doesNotContain("disconnected two#1");

        faults.heal();
        assertThat(text(one.call(two, "healed").awaitReply())).isEqualTo("healed");
        faults.isolate("two");
        assertThat(three.call(two, "alone", 0, SHORT_NANOS).awaitFailure()).isEqualTo(new TimedOut(true));
    }

    @Test
    void whatIsHeldBackIsLostWhenItsDirectionIsCut() throws Exception {
        Node one = start("one");
        Node two = start("two");
        List<String> served = served(two);
        faults.everywhere(LinkFaults.NONE.delaying(Delay.of(ofMillis(50))));
        Outcome held = one.call(two, "held", 0, ofMillis(500).toNanos());

        faults.cut("one", "two");

        assertThat(held.awaitFailure()).isEqualTo(new TimedOut(true));
        assertThat(served).isEmpty();
        assertThat(faults.counts("one", "two").cut()).isOne();
    }
}
