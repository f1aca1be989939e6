package dev.hypercache.spi.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.spi.Payload;
import dev.hypercache.spi.transport.CallFailure.Overloaded;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What every {@link Transport} must do under load, and what its bounds do. Part of {@link TransportContract}. */
public abstract class TransportLoadContract extends TransportLifeContract {

    @Test
    void callsBeyondTheBoundFailAtOnce() throws Exception {
        Node one = start(new TransportOptions(id("one", 1), bind(), FRAME_BYTES_MAX, 4, 8L << 20));
        Node two = start("two");
        CountDownLatch arrived = new CountDownLatch(4);
        Queue<RecordingListener.Request> held = new ConcurrentLinkedQueue<>();
        two.listener().onRequest(request -> {
            held.add(request);
            arrived.countDown();
        });
        List<Outcome> withinBound = new ArrayList<>();
        for (int call = 0; call < 4; call++) {
            withinBound.add(one.call(two, "within"));
        }
        assertThat(arrived.await(AWAIT_SECONDS, TimeUnit.SECONDS)).isTrue();

        Outcome beyond = one.call(two, "beyond");

        assertThat(beyond.isAnswered()).isTrue();
        assertThat(beyond.awaitFailure()).isInstanceOf(Overloaded.class);
        two.listener().onRequest(request -> request.responder().reply(request.echo()));
        held.forEach(request -> request.responder().reply(request.echo()));
        for (Outcome outcome : withinBound) {
            outcome.awaitReply();
        }
        assertThat(text(one.call(two, "room again").awaitReply())).isEqualTo("room again");
    }

    @Test
    void bytesBeyondTheBoundAreNotQueued() throws Exception {
        Node one = start(new TransportOptions(id("one", 1), bind(), FRAME_BYTES_MAX, 10_000, 4L * FRAME_BYTES_MAX));
        Node two = start("two");
        CountDownLatch goOn = new CountDownLatch(1);
        two.listener().onMessage(message -> {
            try {
                goOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        PeerLink link = one.linkTo(two);

        // The network between may swallow some; the bound holds for what waits on this side.
        boolean accepted = true;
        for (int post = 0; post < 2_000 && accepted; post++) {
            accepted = link.post(frame(FRAME_BYTES_MAX), 0);
        }
        Outcome call = new Outcome();
        link.call(frame(FRAME_BYTES_MAX), 0, LONG_NANOS, call);
        goOn.countDown();

        assertThat(accepted).isFalse();
        assertThat(call.await()).isInstanceOfAny(Overloaded.class, byte[].class);
    }

    @Test
    void manyCallersAllGetTheirOwnReplies() throws Exception {
        Node one = start("one");
        Node two = start("two");
        int callers = 8;
        int calls = 1_000;
        AtomicInteger wrong = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int caller = 0; caller < callers; caller++) {
            int first = caller * calls;
            Node from = caller % 2 == 0 ? one : two;
            Node to = caller % 2 == 0 ? two : one;
            threads.add(new Thread(() -> {
                for (int call = first; call < first + calls; call++) {
                    wrong.addAndGet(isEchoed(from, to, "call " + call, call % 7) ? 0 : 1);
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(wrong).hasValue(0);
    }

    private static boolean isEchoed(Node from, Node to, String text, int lane) {
        try {
            return from.call(to, text, lane, LONG_NANOS).await() instanceof byte[] reply
                    && text(reply).equals(text);
        } catch (InterruptedException | AssertionError e) {
            return false;
        }
    }

    @Test
    void frameOfTheControlLaneOvertakesWhatASlowPeerHasNotTaken() throws Exception {
        Node one = start("one");
        Node two = start("two");
        int frames = 200;
        AtomicInteger taken = new AtomicInteger();
        CompletableFuture<Integer> takenBefore = new CompletableFuture<>();
        CountDownLatch connected = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch sent = new CountDownLatch(1);
        two.listener().onMessage(message -> {
            String text = text(message);
            if (text.equals("hello")) {
                connected.countDown();
            } else if (text.equals("control")) {
                takenBefore.complete(taken.get());
            } else if (taken.getAndIncrement() == 0) {
                begun.countDown();
                awaitQuietly(sent);
            } else {
                workFor(500_000);
            }
        });
        PeerLink link = one.linkTo(two);
        byte[] large = new byte[100_000];
        new Random(7).nextBytes(large); // Nothing that could be compressed.

        link.post(frame("hello"), PeerLink.CONTROL_LANE);
        assertThat(connected.await(AWAIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        link.post(frame("first"), 0);
        assertThat(begun.await(AWAIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        for (int i = 0; i < frames; i++) {
            link.post(Frame.of(Payload.of(large)), 0);
        }
        assertThat(link.post(frame("control"), PeerLink.CONTROL_LANE)).isTrue();
        sent.countDown();

        assertThat(takenBefore.get(AWAIT_SECONDS, TimeUnit.SECONDS)).isLessThan(frames / 2);
    }

    private static void workFor(long nanos) {
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() - end < 0) {
            Thread.onSpinWait();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            boolean unused = latch.await(AWAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void handlerMayCallAgain() throws Exception {
        Node one = start(new TransportOptions(id("one", 1), bind(), FRAME_BYTES_MAX, 1, 8L << 20));
        Node two = start("two");
        int rounds = 2_000;
        CountDownLatch left = new CountDownLatch(rounds);
        Queue<CallFailure> failures = new ConcurrentLinkedQueue<>();
        PeerLink link = one.linkTo(two);

        link.call(frame("round"), 0, LONG_NANOS, new ReplyHandler() {
            @Override
            public void onReply(ByteBuffer reply) {
                left.countDown();
                if (left.getCount() > 0) {
                    link.call(frame("round"), 0, LONG_NANOS, this);
                }
            }

            @Override
            public void onFailure(CallFailure failure) {
                failures.add(failure);
            }
        });

        assertThat(left.await(AWAIT_SECONDS, TimeUnit.SECONDS))
                .as("%s", failures)
                .isTrue();
        assertThat(failures).isEmpty();
    }

    @Test
    void nodesCanCallEachOtherWhileTheyServe() throws Exception {
        Node one = start("one");
        Node two = start("two");
        Node three = start("three");
        two.listener()
                .onRequest(request ->
                        two.linkTo(three).call(request.echo(), 0, LONG_NANOS, new Forward(request.responder())));

        List<Outcome> outcomes = new ArrayList<>();
        for (int call = 0; call < 500; call++) {
            outcomes.add(one.call(two, "by way of two", call, LONG_NANOS));
        }
        for (Outcome outcome : outcomes) {
            assertThat(text(outcome.awaitReply())).isEqualTo("by way of two");
        }
    }

    @Test
    void receiverCannotChangeTheSendersBytes() throws Exception {
        Node one = start("one");
        Node two = start("two");
        two.listener().onRequest(request -> {
            if (!request.buffer().isReadOnly()) {
                request.buffer().put(0, (byte) 9);
            }
            request.responder().reply(request.echo());
        });
        byte[] bytes = {1, 2, 3};
        Outcome outcome = new Outcome();

        one.linkTo(two).call(Frame.of(Payload.of(bytes)), 0, LONG_NANOS, outcome);

        assertThat(outcome.awaitReply()).containsExactly(1, 2, 3);
        assertThat(bytes).containsExactly(1, 2, 3);
    }

    /** Passes an answer on. */
    private record Forward(Responder responder) implements ReplyHandler {

        @Override
        public void onReply(ByteBuffer reply) {
            byte[] bytes = new byte[reply.remaining()];
            reply.get(bytes);
            responder.reply(Frame.of(Payload.of(bytes)));
        }

        @Override
        public void onFailure(CallFailure failure) {
            responder.overloaded();
        }
    }
}
