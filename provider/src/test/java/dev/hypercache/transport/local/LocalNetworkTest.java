package dev.hypercache.transport.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hypercache.spi.Address;
import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.Payload;
import dev.hypercache.spi.transport.CallFailure;
import dev.hypercache.spi.transport.Frame;
import dev.hypercache.spi.transport.Outcome;
import dev.hypercache.spi.transport.Transport;
import dev.hypercache.spi.transport.TransportNodes;
import dev.hypercache.spi.transport.TransportOptions;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What a network in one JVM does beyond the contract of transports. */
final class LocalNetworkTest extends TransportNodes {

    private final LocalNetwork network = LocalNetwork.withThreads(1);

    @Override
    protected Transport create(TransportOptions options) {
        return network.create(options);
    }

    @Override
    protected Address bind() {
        return new Address("here", 0);
    }

    @Override
    protected void kill(NodeId node) {
        network.kill(node);
    }

    @Test
    void receiverNeverHoldsTheSendersArray() throws Exception {
        Node one = start("one");
        Node two = start("two");
        byte[] sent = {1, 2, 3};
        AtomicReference<ByteBuffer> received = new AtomicReference<>();
        two.listener().onRequest(request -> {
            received.set(request.buffer());
            request.responder().reply(Frame.of(Payload.of(sent)));
        });
        Outcome outcome = new Outcome();

        one.linkTo(two).call(Frame.of(Payload.of(sent)), 0, LONG_NANOS, outcome);

        assertThat(outcome.awaitReply()).isNotSameAs(sent).isEqualTo(sent);
        assertThat(received.get().array()).isNotSameAs(sent);
    }

    @Test
    void bufferThatAListenerKeepsIsOverwrittenAfterTheCall() throws Exception {
        Node one = start("one");
        Node two = start("two");
        AtomicReference<ByteBuffer> kept = new AtomicReference<>();
        two.listener().onRequest(request -> {
            kept.compareAndSet(null, request.buffer());
            request.responder().reply(request.echo());
        });

        one.call(two, "precious").awaitReply();
        one.call(two, "one thread serves this after that").awaitReply();

        assertThat(kept.get().array()).hasSize("precious".length()).containsOnly(0xA5);
    }

    @Test
    void requestWhoseTimeIsOverBeforeItIsServedIsDropped() throws Exception {
        Node one = start("one");
        Node two = start("two");
        CountDownLatch goOn = new CountDownLatch(1);
        List<String> served = new CopyOnWriteArrayList<>();
        two.listener().onRequest(request -> {
            served.add(text(request.bytes()));
            await(goOn);
            request.responder().reply(request.echo());
        });
        Outcome first = one.call(two, "first");

        Outcome tooLate = one.call(two, "too late", 0, SHORT_NANOS);
        assertThat(tooLate.awaitFailure()).isEqualTo(new CallFailure.TimedOut(true));
        goOn.countDown();
        first.awaitReply();
        one.call(two, "third").awaitReply();

        assertThat(served).containsExactly("first", "third");
    }

    @Test
    void deadNodeReceivesNothingAndItsOwnCallsFail() throws Exception {
        Node one = start("one");
        Node two = start("two");
        CountDownLatch received = new CountDownLatch(1);
        one.listener().onRequest(request -> received.countDown());
        Outcome own = two.call(one, "who answers the dead?");
        await(received);

        assertThat(network.kill(two.id())).isTrue();
        two.listener().expectEnd();

        assertThat(own.awaitFailure()).isInstanceOf(CallFailure.ConnectionLost.class);
        assertThat(one.call(two, "hello?").awaitFailure().maybeExecuted()).isFalse();
        assertThat(two.listener().callsAfterEnd()).isZero();
        assertThat(network.kill(two.id())).isFalse();
    }

    @Test
    void nodeMayBeClosedByItsOwnListener() throws Exception {
        Node one = start("one");
        Node two = start("two");
        two.listener().onRequest(request -> two.transport().close());

        CallFailure failure = one.call(two, "good night").awaitFailure();

        assertThat(failure).isInstanceOf(CallFailure.ConnectionLost.class);
        assertThat(failure.maybeExecuted()).isTrue();
    }

    @Test
    void postsThatWereSentBeforeAGoodByeArriveBeforeIt() throws Exception {
        Node one = start("one");
        Node two = start("two");
        AtomicInteger received = new AtomicInteger();
        two.listener().onMessage(message -> {
            workForAMillisecond();
            received.incrementAndGet();
        });
        for (int post = 0; post < 50; post++) {
            one.linkTo(two).post(frame("farewell"), post);
        }
        assertThat(two.listener().awaitNews()).isEqualTo("connected one#1");
        AtomicInteger receivedBefore = new AtomicInteger();
        two.listener().beforeNews(() -> receivedBefore.set(received.get()));

        one.transport().close();

        assertThat(two.listener().awaitNews()).isEqualTo("disconnected one#1");
        assertThat(receivedBefore).hasValue(50);
    }

    @Test
    void closeTellsEveryCallItsFailureEvenIfAListenerHoldsItUp() throws Exception {
        Node one = start("one");
        Node two = start("two");
        CountDownLatch entered = new CountDownLatch(1);
        AtomicBoolean closing = new AtomicBoolean();
        one.listener().onRequest(request -> {
            entered.countDown();
            while (!closing.get()) {
                Thread.onSpinWait();
            }
            workForAMillisecond();
        });
        two.listener().onRequest(request -> {});
        Outcome pending = one.call(two, "pending");
        two.call(one, "keep the only thread busy");
        await(entered);

        closing.set(true);
        one.transport().close();

        assertThat(pending.isAnswered()).isTrue();
        assertThat(pending.awaitFailure()).isInstanceOf(CallFailure.ConnectionLost.class);
    }

    @Test
    void peerThatTakesSmallerFramesOnlyIsNotSentALargerOne() throws Exception {
        Node one = start("one");
        Node two = start(new TransportOptions(id("two", 1), bind(), FRAME_BYTES_MAX, 8, FRAME_BYTES_MAX));
        Outcome outcome = new Outcome();

        one.linkTo(two).call(frame(FRAME_BYTES_MAX + 1), 0, LONG_NANOS, outcome);

        CallFailure failure = outcome.awaitFailure();
        assertThat(failure).isInstanceOf(CallFailure.ConnectionLost.class);
        assertThat(failure.maybeExecuted()).isFalse();
        assertThat(one.linkTo(two).post(frame(FRAME_BYTES_MAX + 1), 0)).isFalse();
        two.listener().onRequest(request -> request.responder().reply(frame(FRAME_BYTES_MAX)));
        assertThat(one.call(two, "all you can").awaitReply()).hasSize(FRAME_BYTES_MAX);
    }

    @Test
    void clientThatTakesSmallerFramesOnlyIsNotSentALargerOne() throws Exception {
        TransportOptions small = new TransportOptions(id("one", 1), bind(), FRAME_BYTES_MAX, 8, FRAME_BYTES_MAX);
        Node one = start(small.asClient());
        Node two = start("two");
        two.listener().allow(message -> true);
        one.call(two, "hello").awaitReply();

        assertThat(two.transport().post(one.asClient(), frame(FRAME_BYTES_MAX + 1), 0))
                .isFalse();
        assertThat(two.transport().post(one.asClient(), frame(FRAME_BYTES_MAX), 0))
                .isTrue();
    }

    @Test
    void callerThatTakesSmallerFramesOnlyLosesALargerReply() throws Exception {
        Node one = start(new TransportOptions(id("one", 1), bind(), FRAME_BYTES_MAX, 8, FRAME_BYTES_MAX));
        Node two = start("two");
        two.listener().onRequest(request -> request.responder().reply(frame(FRAME_BYTES_MAX + 1)));

        CallFailure failure = one.call(two, "too much").awaitFailure();

        assertThat(failure).isInstanceOf(CallFailure.ConnectionLost.class);
        assertThat(failure.maybeExecuted()).isTrue();
    }

    @Test
    void listenerThatThrowsHoldsUpNobodyElse() throws Exception {
        Node one = start("one");
        Node two = start("two");
        AtomicReference<Throwable> reported = new AtomicReference<>();
        two.listener().onRequest(request -> {
            if (text(request.bytes()).equals("throw")) {
                Thread.currentThread().setUncaughtExceptionHandler((thread, failure) -> reported.set(failure));
                throw new IllegalStateException("thrown by a listener");
            }
            request.responder().reply(request.echo());
        });

        Outcome unanswered = one.call(two, "throw", 0, SHORT_NANOS);

        assertThat(text(one.call(two, "next").awaitReply())).isEqualTo("next");
        assertThat(unanswered.awaitFailure()).isEqualTo(new CallFailure.TimedOut(true));
        assertThat(reported.get()).hasMessage("thrown by a listener");
    }

    @Test
    void nodeCanCallItself() throws Exception {
        Node one = start("one");

        assertThat(text(one.call(one, "me").awaitReply())).isEqualTo("me");
        assertThat(one.listener().awaitNews()).isEqualTo("connected one#1");
    }

    @Test
    void networkCountsFramesAndBytes() throws Exception {
        Node one = start("one");
        Node two = start("two");

        one.call(two, "12345").awaitReply();
        one.linkTo(two).post(frame("123"), 0);

        assertThat(network.framesSent()).isEqualTo(3);
        assertThat(network.bytesSent()).isEqualTo(13);
    }

    @Test
    void networkNeedsThreads() {
        assertThatIllegalArgumentException().isThrownBy(() -> LocalNetwork.withThreads(0));
        assertThat(network.name()).isEqualTo("local");
    }

    private static void workForAMillisecond() {
        for (long start = System.nanoTime(); System.nanoTime() - start < 1_000_000; ) {
            Thread.onSpinWait();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(AWAIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
