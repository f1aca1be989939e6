package dev.hypercache.transport.fault;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hypercache.spi.transport.CallFailure;
import dev.hypercache.spi.transport.CallFailure.TimedOut;
import dev.hypercache.spi.transport.Outcome;
import dev.hypercache.spi.transport.PeerLink;
import dev.hypercache.spi.transport.RecordingListener;
import dev.hypercache.spi.transport.TransportOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What each kind of fault does to calls and posts. */
final class FaultyTransportTest extends FaultyNodes {

    @Test
    void lostRequestIsNotExecutedAndTimesOut() throws Exception {
        Node one = start("one");
        Node two = start("two");
        List<String> served = served(two);
        faults.link("one", "two", LinkFaults.NONE.dropping(1));
        Outcome lost = one.call(two, "lost", 0, SHORT_NANOS);

        assertThat(lost.isAnswered()).isFalse();
        assertThat(lost.awaitFailure()).isEqualTo(new TimedOut(true));

        faults.calm();
        one.call(two, "found").awaitReply();
        assertThat(served).containsExactly("found");
        assertThat(faults.counts("one", "two").dropped()).isOne();
    }

    @Test
    void lostReplyLeavesTheRequestExecutedAndTimesOut() throws Exception {
        Node one = start("one");
        Node two = start("two");
        List<String> served = served(two);
        faults.link("two", "one", LinkFaults.NONE.dropping(1));

        assertThat(one.call(two, "executed", 0, SHORT_NANOS).awaitFailure()).isEqualTo(new TimedOut(true));

        assertThat(served).containsExactly("executed");
        assertThat(faults.counts("two", "one")).isEqualTo(new FaultCounts(1, 1, 0, 0, 0, 0));
        assertThat(faults.counts("one", "two")).isEqualTo(new FaultCounts(1, 0, 0, 0, 0, 0));
    }

    @Test
    void lostPostIsLostWithoutAWord() throws Exception {
        Node one = start("one");
        Node two = start("two");
        faults.cut("one", "two");

        assertThat(one.linkTo(two).post(frame("lost"), 0)).isTrue();
        faults.heal();
        assertThat(one.linkTo(two).post(frame("found"), 0)).isTrue();

        assertThat(text(two.listener().awaitPost())).isEqualTo("found");
        assertThat(faults.counts().cut()).isOne();
    }

    @Test
    void duplicatesReachTheListenerTwiceAndTheCallerHearsOnce() throws Exception {
        Node one = start("one");
        Node two = start("two");
        List<String> served = served(two);
        faults.everywhere(LinkFaults.NONE.duplicating(1));

        Outcome outcome = one.call(two, "twice");
        assertThat(text(outcome.awaitReply())).isEqualTo("twice");
        one.linkTo(two).post(frame("post"), 0);

        assertThat(text(two.listener().awaitPost())).isEqualTo("post");
        assertThat(text(two.listener().awaitPost())).isEqualTo("post");
        assertThat(served).containsExactly("twice", "twice");
        assertThat(outcome.isAnswered()).isFalse();
        assertThat(faults.counts().duplicated()).isEqualTo(2);
    }

    @Test
    void copyThatIsDeclinedDoesNotHideThatTheOtherWasExecuted() throws Exception {
        Node one = start("one");
        Node two = start("two");
        List<RecordingListener.Request> received = new CopyOnWriteArrayList<>();
        two.listener().onRequest(request -> {
            received.add(request);
            if (received.size() == 2) {
                received.get(0).responder().overloaded();
                request.responder().reply(request.echo());
            }
        });
        faults.everywhere(LinkFaults.NONE.duplicating(1));

        assertThat(text(one.call(two, "once is enough").awaitReply())).isEqualTo("once is enough");
    }

    @Test
    void delayTakesItsTimeInBothDirections() throws Exception {
        Node one = start("one");
        Node two = start("two");
        faults.everywhere(LinkFaults.NONE.delaying(Delay.of(ofMillis(20))));
        long start = System.nanoTime();

        assertThat(text(one.call(two, "slow").awaitReply())).isEqualTo("slow");

        assertThat(System.nanoTime() - start)
                .isGreaterThanOrEqualTo(ofMillis(40).toNanos());
        assertThat(faults.counts().delayed()).isEqualTo(2);
    }

    @Test
    void requestThatIsHeldBackTooLongIsExecutedAfterTheCallerGaveUp() throws Exception {
        Node one = start("one");
        Node two = start("two");
        List<String> served = served(two);
        faults.link("one", "two", LinkFaults.NONE.delaying(Delay.of(ofMillis(1_000))));

        Outcome late = one.call(two, "late", 0, SHORT_NANOS);

        assertThat(late.awaitFailure()).isEqualTo(new TimedOut(true));
        assertThat(served).isEmpty();
        await().untilAsserted(() -> assertThat(served).containsExactly("late"));
        assertThat(text(one.call(two, "next").awaitReply())).isEqualTo("next");
        assertThat(late.isAnswered()).isFalse();
    }

    @Test
    void delaysKeepTheOrderOfALane() throws Exception {
        Node one = start("one");
        Node two = start("two");
        faults.everywhere(LinkFaults.NONE.delaying(new Delay(ofMillis(0), ofMillis(1), ofMillis(10))));

        assertThat(postedNumbers(one, two, 300)).isSorted();
    }

    @Test
    void reorderedMessagesAreOvertakenInTheirLane() throws Exception {
        Node one = start("one");
        Node two = start("two");
        faults.everywhere(LinkFaults.NONE.reordering(0.3, new Delay(ofMillis(1), ofMillis(5), ofMillis(20))));

        List<Integer> numbers = postedNumbers(one, two, 300);

        assertThat(numbers).isNotEqualTo(sorted(300)).containsExactlyInAnyOrderElementsOf(sorted(300));
        assertThat(faults.counts().reordered()).isBetween(50L, 130L);
    }

    @Test
    void closeEndsCallsThatFaultsHoldBack() throws Exception {
        Node one = start("one");
        Node two = start("two");
        faults.everywhere(LinkFaults.NONE.delaying(Delay.of(ofHours(1))));
        Outcome held = one.call(two, "held");
        Outcome ofClosedLink = two.call(one, "held");
        faults.cut("one", "two");
        Outcome lost = one.call(two, "lost");

        two.linkTo(one).close();
        one.transport().close();

        for (Outcome outcome : List.of(held, lost, ofClosedLink)) {
            assertThat(outcome.isAnswered()).isTrue();
            CallFailure failure = outcome.awaitFailure();
            assertThat(failure).isInstanceOf(CallFailure.ConnectionLost.class);
            assertThat(failure.maybeExecuted()).isTrue();
        }
    }

    @Test
    void reconnectLosesWhatIsHeldBack() throws Exception {
        Node one = start("one");
        Node two = start("two");
        PeerLink link = one.linkTo(two);
        faults.everywhere(LinkFaults.NONE.delaying(Delay.of(ofMillis(50))));
        assertThat(link.post(frame("held"), 0)).isTrue();

        link.reconnect();
        assertThat(link.post(frame("first"), 0)).isTrue();
        assertThat(link.post(frame("second"), 0)).isTrue();

        assertThat(text(two.listener().awaitPost())).isEqualTo("first");
        assertThat(text(two.listener().awaitPost())).isEqualTo("second");
    }

    @Test
    void whatIsHeldBackIsBounded() throws Exception {
        Node one = start(new TransportOptions(id("one", 1), bind(), FRAME_BYTES_MAX, 100, FRAME_BYTES_MAX));
        Node two = start("two");
        faults.everywhere(LinkFaults.NONE.delaying(Delay.of(ofHours(1))));
        PeerLink link = one.linkTo(two);

        assertThat(link.post(frame(FRAME_BYTES_MAX), 0)).isTrue();

        assertThat(link.post(frame(0), 0)).isFalse();
        assertThat(one.call(two, "more").awaitFailure()).isInstanceOf(CallFailure.Overloaded.class);
    }

    @Test
    void everyCallEndsOnceInAWildNetwork() throws Exception {
        Node one = start("one");
        Node two = start("two");
        Delay delay = new Delay(ofMillis(0), ofMillis(2), ofMillis(60));
        faults.everywhere(
                LinkFaults.NONE.dropping(0.1).duplicating(0.1).delaying(delay).reordering(0.1, delay));
        List<Outcome> outcomes = new ArrayList<>();
        for (int call = 0; call < 900; call++) {
            outcomes.add(one.call(two, "call " + call, call % 5, ofMillis(500).toNanos()));
        }

        int replies = 0;
        for (int call = 0; call < outcomes.size(); call++) {
            Object answer = outcomes.get(call).await();
            if (answer instanceof byte[] reply) {
                replies++;
                assertThat(text(reply)).isEqualTo("call " + call);
            } else {
                assertThat(answer).isEqualTo(new TimedOut(true));
            }
        }
        faults.calm();
        one.call(two, "calm").awaitReply();

        assertThat(replies).isBetween(100, 850);
        assertThat(outcomes).noneMatch(Outcome::isAnswered);
    }

    private static List<Integer> postedNumbers(Node from, Node to, int count) throws InterruptedException {
        for (int number = 0; number < count; number++) {
            assertThat(from.linkTo(to).post(frame("" + number), 3)).isTrue();
        }
        List<Integer> arrived = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            arrived.add(Integer.valueOf(text(to.listener().awaitPost())));
        }
        return arrived;
    }

    private static List<Integer> sorted(int count) {
        return IntStream.range(0, count).boxed().toList();
    }
}
