package dev.hypercache.spi.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hypercache.spi.Payload;
import dev.hypercache.spi.security.Role;
import dev.hypercache.spi.transport.CallFailure.Overloaded;
import dev.hypercache.spi.transport.CallFailure.TimedOut;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Transport} must do. Extend it and say how to make one, where to bind, and how to kill a node.
 *
 * <p>This class holds the rules about one exchange; those about load stand in {@link TransportLoadContract}, those about
 * coming, going and dying in {@link TransportLifeContract} and {@link TransportDialContract}.
 */
public abstract class TransportContract extends TransportLoadContract {

    @Test
    void replyReachesTheCaller() throws Exception {
        Node one = start("one");
        Node two = start("two");

        assertThat(text(one.call(two, "hello").awaitReply())).isEqualTo("hello");
        assertThat(text(two.call(one, "and back").awaitReply())).isEqualTo("and back");
    }

    @Test
    void headAndValueArriveAsOneRunOfBytes() throws Exception {
        Node one = start("one");
        Node two = start("two");
        List<ByteOrder> orders = new ArrayList<>();
        two.listener().onRequest(request -> {
            orders.add(request.buffer().order());
            request.responder().reply(new Frame(Payload.of(request.bytes()), Payload.of(new byte[] {7, 8})));
        });
        Outcome outcome = new Outcome();

        one.linkTo(two)
                .call(
                        new Frame(Payload.of(new byte[] {1, 2}), Payload.of(new byte[] {3, 4, 5})),
                        0,
                        LONG_NANOS,
                        outcome);

        assertThat(outcome.awaitReply()).containsExactly(1, 2, 3, 4, 5, 7, 8);
        assertThat(orders).containsExactly(ByteOrder.BIG_ENDIAN);
    }

    @Test
    void emptyFrameArrives() throws Exception {
        Node one = start("one");
        Node two = start("two");

        assertThat(one.call(two, "").awaitReply()).isEmpty();
        assertThat(one.linkTo(two).post(frame(""), 0)).isTrue();
        assertThat(two.listener().awaitPost()).isEmpty();
    }

    @Test
    void largestFrameArrivesAndALargerOneIsRefusedBeforeItIsSent() throws Exception {
        Node one = start(new TransportOptions(id("one", 1), bind(), FRAME_BYTES_MAX, 8, 4 * FRAME_BYTES_MAX));
        Node two = start(new TransportOptions(id("two", 1), bind(), FRAME_BYTES_MAX, 8, 4 * FRAME_BYTES_MAX));
        PeerLink link = one.linkTo(two);
        Outcome outcome = new Outcome();

        link.call(frame(FRAME_BYTES_MAX), 0, LONG_NANOS, outcome);

        assertThat(outcome.awaitReply()).hasSize(FRAME_BYTES_MAX);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> link.call(frame(FRAME_BYTES_MAX + 1), 0, LONG_NANOS, outcome));
        assertThatIllegalArgumentException().isThrownBy(() -> link.post(frame(FRAME_BYTES_MAX + 1), 0));
        assertThat(text(one.call(two, "go on").awaitReply())).isEqualTo("go on");
    }

    @Test
    void replyThatIsTooLargeIsRefusedAndASmallerOneMayFollow() throws Exception {
        Node one = start("one");
        Node two = start(new TransportOptions(id("two", 1), bind(), FRAME_BYTES_MAX, 8, FRAME_BYTES_MAX));
        Queue<Throwable> thrown = new ConcurrentLinkedQueue<>();
        two.listener().onRequest(request -> {
            try {
                request.responder().reply(frame(FRAME_BYTES_MAX + 1));
            } catch (IllegalArgumentException e) {
                thrown.add(e);
            }
            request.responder().reply(frame("shorter"));
        });

        assertThat(text(one.call(two, "tell me all").awaitReply())).isEqualTo("shorter");
        assertThat(thrown).hasSize(1);
    }

    @Test
    void timeIsPositive() {
        Node one = start("one");
        Node two = start("two");

        assertThatIllegalArgumentException().isThrownBy(() -> one.call(two, "now", 0, 0));
    }

    @Test
    void listenerLearnsWhoAsksAndHowLongTheyWait() throws Exception {
        Node one = start("one");
        Node two = start("two");
        Queue<RecordingListener.Request> requests = new ConcurrentLinkedQueue<>();
        two.listener().onRequest(request -> {
            requests.add(request);
            request.responder().reply(request.echo());
        });

        one.call(two, "hello").awaitReply();

        RecordingListener.Request request = requests.remove();
        assertThat(request.from()).isEqualTo(new RemotePeer(one.id(), Role.MEMBER));
        assertThat(request.timeoutNanos()).isBetween(1L, LONG_NANOS);
    }

    @Test
    void framesOfALaneArriveInTheOrderOfTheCalls() throws Exception {
        Node one = start("one");
        Node two = start("two");
        int lanes = 5;
        int frames = 1_000;
        Map<Integer, Queue<Integer>> arrived = new ConcurrentHashMap<>();
        IntStream.range(0, lanes).forEach(lane -> arrived.put(lane, new ConcurrentLinkedQueue<>()));
        CountDownLatch all = new CountDownLatch(frames);
        two.listener().onRequest(request -> {
            int number = Integer.parseInt(text(request.bytes()));
            arrived.get(number % lanes).add(number);
            all.countDown();
            request.responder().reply(request.echo());
        });
        two.listener().onMessage(message -> {
            int number = Integer.parseInt(text(message));
            arrived.get(number % lanes).add(number);
            all.countDown();
        });

        PeerLink link = one.linkTo(two);
        for (int number = 0; number < frames; number++) {
            if (number % 2 == 0) {
                link.call(frame("" + number), number % lanes, LONG_NANOS, new Outcome());
            } else {
                assertThat(link.post(frame("" + number), number % lanes)).isTrue();
            }
        }

        assertThat(all.await(AWAIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        arrived.forEach((lane, numbers) ->
                assertThat(List.copyOf(numbers)).as("lane %s", lane).isSorted().hasSize(frames / lanes));
    }

    @Test
    void laneOfAPeerIsServedOneFrameAtATime() throws Exception {
        Node one = start("one");
        Node two = start("two");
        AtomicBoolean[] busy =
                IntStream.range(0, 4).mapToObj(lane -> new AtomicBoolean()).toArray(AtomicBoolean[]::new);
        AtomicInteger overlaps = new AtomicInteger();
        two.listener().onRequest(request -> {
            AtomicBoolean lane = busy[Integer.parseInt(text(request.bytes()))];
            if (lane.getAndSet(true)) {
                overlaps.incrementAndGet();
            }
            for (int spin = 0; spin < 1_000; spin++) {
                Thread.onSpinWait();
            }
            lane.set(false);
            request.responder().reply(request.echo());
        });

        List<Outcome> outcomes = new ArrayList<>();
        for (int call = 0; call < 800; call++) {
            outcomes.add(one.call(two, "" + call % 4, call % 4, LONG_NANOS));
        }
        for (Outcome outcome : outcomes) {
            outcome.awaitReply();
        }

        assertThat(overlaps).hasValue(0);
    }

    @Test
    void callWithoutReplyTimesOutAndMayHaveBeenExecuted() throws Exception {
        Node one = start("one");
        Node two = start("two");
        one.call(two, "connect").awaitReply(); // Else the time may be over before there is a connection.
        two.listener().onRequest(request -> {});

        assertThat(one.call(two, "silence", 0, SHORT_NANOS).awaitFailure()).isEqualTo(new TimedOut(true));
    }

    @Test
    void replyAfterTheTimeIsDropped() throws Exception {
        Node one = start("one");
        Node two = start("two");
        Queue<RecordingListener.Request> held = new ConcurrentLinkedQueue<>();
        two.listener().onRequest(held::add);
        Outcome outcome = one.call(two, "quickly", 0, SHORT_NANOS);
        assertThat(outcome.awaitFailure()).isInstanceOf(TimedOut.class);

        two.listener().onRequest(request -> {
            held.forEach(late -> late.responder().reply(late.echo()));
            request.responder().reply(request.echo());
        });

        assertThat(text(one.call(two, "next").awaitReply())).isEqualTo("next");
        assertThat(outcome.isAnswered()).isFalse();
    }

    @Test
    void onlyTheFirstAnswerCounts() throws Exception {
        Node one = start("one");
        Node two = start("two");
        two.listener().onRequest(request -> {
            request.responder().reply(frame("first"));
            request.responder().reply(frame("second"));
            request.responder().overloaded();
        });
        Outcome outcome = one.call(two, "hello");

        assertThat(text(outcome.awaitReply())).isEqualTo("first");
        assertThat(text(one.call(two, "hello again").awaitReply())).isEqualTo("first");
        assertThat(outcome.isAnswered()).isFalse();
    }

    @Test
    void anyThreadMayAnswerLater() throws Exception {
        Node one = start("one");
        Node two = start("two");
        two.listener().onRequest(request -> new Thread(() -> request.responder().reply(request.echo())).start());

        assertThat(text(one.call(two, "take your time").awaitReply())).isEqualTo("take your time");
    }

    @Test
    void overloadOfThePeerIsToldAsSuch() throws Exception {
        Node one = start("one");
        Node two = start("two");
        two.listener().onRequest(request -> request.responder().overloaded());

        assertThat(one.call(two, "more").awaitFailure()).isInstanceOf(Overloaded.class);
    }
}
