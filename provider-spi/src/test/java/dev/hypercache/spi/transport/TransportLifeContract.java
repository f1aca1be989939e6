package dev.hypercache.spi.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.spi.Address;
import dev.hypercache.spi.transport.CallFailure.Closed;
import dev.hypercache.spi.transport.CallFailure.ConnectionLost;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What every {@link Transport} must do when nodes come, go and die. Part of {@link TransportContract}. */
public abstract class TransportLifeContract extends TransportDialContract {

    @Test
    void bothSidesHearOfAConnectionBeforeItsFrames() throws Exception {
        Node one = start("one");
        Node two = start("two");

        two.listener().beforeNews(TransportLifeContract::workForAMillisecond);

        for (int lane = 0; lane < 8; lane++) {
            one.linkTo(two).call(frame("hello"), lane, LONG_NANOS, new Outcome());
        }

        assertThat(one.listener().awaitNews()).isEqualTo("connected two#1");
        assertThat(two.listener().awaitNews()).isEqualTo("connected one#1");
        one.call(two, "and again").awaitReply();
        assertThat(two.listener().firstEvents()).startsWith("connected one#1", "call");
    }

    @Test
    void closedLinkFailsWhatIsPendingAndWhatComesLater() throws Exception {
        Node one = start("one");
        Node two = start("two");
        Outcome pending = pendingCall(one, two);
        PeerLink link = one.linkTo(two);

        link.close();
        Outcome later = new Outcome();
        link.call(frame("later"), 0, LONG_NANOS, later);

        assertLost(pending.awaitFailure());
        assertThat(later.awaitFailure()).isEqualTo(new Closed());
        assertThat(link.post(frame("later"), 0)).isFalse();
        assertThat(one.listener().awaitNews()).isEqualTo("connected two#1");
        assertThat(one.listener().awaitNews()).isEqualTo("disconnected two#1");
        assertThat(two.listener().awaitNews()).isEqualTo("connected one#1");
        assertThat(two.listener().awaitNews()).isEqualTo("disconnected one#1");
    }

    @Test
    void reconnectFailsWhatIsPendingAndTheLinkGoesOn() throws Exception {
        Node one = start("one");
        Node two = start("two");
        Outcome pending = pendingCall(one, two);
        two.listener().onRequest(request -> request.responder().reply(request.echo()));

        one.linkTo(two).reconnect();

        assertLost(pending.awaitFailure());
        assertThat(callUntilAnswered(one, two, "again")).isEqualTo("again");
    }

    @Test
    void closeFailsPendingCallsAndTheLinks() throws Exception {
        Node one = start("one");
        Node two = start("two");
        Outcome pending = pendingCall(one, two);
        PeerLink link = one.linkTo(two);

        one.transport().close();
        Outcome later = new Outcome();
        link.call(frame("later"), 0, LONG_NANOS, later);

        assertLost(pending.awaitFailure());
        assertThat(later.awaitFailure()).isEqualTo(new Closed());
        assertThat(link.post(frame("later"), 0)).isFalse();
    }

    @Test
    void closeOfThePeerIsAGoodBye() throws Exception {
        Node one = start("one");
        Node two = start("two");
        Outcome pending = pendingCall(one, two);

        two.transport().close();

        assertLost(pending.awaitFailure());
        assertThat(one.listener().awaitNews()).isEqualTo("connected two#1");
        assertThat(one.listener().awaitNews()).isEqualTo("disconnected two#1");
    }

    @Test
    void deathOfThePeerIsAReset() throws Exception {
        Node one = start("one");
        Node two = start("two");
        Outcome pending = pendingCall(one, two);

        kill(two.id());

        assertLost(pending.awaitFailure());
        assertThat(one.listener().awaitNews()).isEqualTo("connected two#1");
        assertThat(one.listener().awaitNews()).isEqualTo("reset two#1");
    }

    @Test
    void nextIncarnationAtTheAddressIsReachedAndNotTakenForTheLast() throws Exception {
        Node one = start("one");
        Node two = start("two");
        one.call(two, "first life").awaitReply();
        kill(two.id());
        assertThat(one.listener().awaitNews()).isEqualTo("connected two#1");
        assertThat(one.listener().awaitNews()).isEqualTo("reset two#1");

        Node again = start(TransportOptions.withDefaults(id("two", 2), two.address()));

        assertThat(callUntilAnswered(one, again, "second life")).isEqualTo("second life");
        CallFailure failure = one.call(two, "are you still there?").awaitFailure();
        assertThat(failure.maybeExecuted()).isFalse();
    }

    @Test
    void addressIsFreeAgainAfterClose() throws Exception {
        Node one = start("one");
        Node two = start("two");
        Address address = two.address();
        two.transport().close();

        Node three = start(TransportOptions.withDefaults(id("three", 1), address));

        assertThat(callUntilAnswered(one, three, "hello")).isEqualTo("hello");
    }

    @Test
    void nobodyCallsTheListenerAfterClose() throws Exception {
        Node one = start("one");
        Node two = start("two");
        one.call(two, "hello").awaitReply();
        AtomicBoolean busy = new AtomicBoolean();
        two.listener().onMessage(message -> {
            busy.set(true);
            workForAMillisecond();
            busy.set(false);
        });
        CountDownLatch sending = new CountDownLatch(1_000);
        CountDownLatch closed = new CountDownLatch(1);
        Thread sender = new Thread(() -> {
            PeerLink link = one.linkTo(two);
            for (int after = 0; after < 1_000; after += closed.getCount() == 0 ? 1 : 0) {
                link.post(frame("more"), after);
                link.call(frame("more"), after, LONG_NANOS, new Outcome());
                sending.countDown();
            }
        });
        sender.start();
        assertThat(sending.await(AWAIT_SECONDS, TimeUnit.SECONDS)).isTrue();

        two.transport().close();
        boolean busyAfterClose = busy.get();
        two.listener().expectEnd();
        closed.countDown();
        sender.join();

        assertThat(busyAfterClose).isFalse();
        assertThat(two.listener().callsAfterEnd()).isZero();
    }

    @Test
    void threadsEndWithTheirTransports() throws Exception {
        Set<Thread> before = ownThreads();
        Node one = start("one");
        Node two = start("two");
        one.call(two, "hello").awaitReply();
        assertThat(ownThreads()).isNotEqualTo(before);

        one.transport().close();
        two.transport().close();

        Set<Thread> left = ownThreads();
        left.removeAll(before);
        for (Thread thread : left) {
            thread.join(TimeUnit.SECONDS.toMillis(AWAIT_SECONDS));
            assertThat(thread.isAlive()).as(thread.getName()).isFalse();
        }
    }

    private static void workForAMillisecond() {
        for (long start = System.nanoTime(); System.nanoTime() - start < 1_000_000; ) {
            Thread.onSpinWait();
        }
    }

    /** The living threads of this product, which all have names of one kind. */
    private static Set<Thread> ownThreads() {
        Set<Thread> own = new HashSet<>(Thread.getAllStackTraces().keySet());
        own.removeIf(thread -> !thread.getName().startsWith("hypercache-"));
        return own;
    }

    /** A call that the peer has received and does not answer. */
    private static Outcome pendingCall(Node from, Node to) throws InterruptedException {
        CountDownLatch received = new CountDownLatch(1);
        to.listener().onRequest(request -> received.countDown());
        Outcome pending = from.call(to, "never answered");
        assertThat(received.await(AWAIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        return pending;
    }

    /** Calls again while there is no connection: a link may wait before it dials anew. */
    private static String callUntilAnswered(Node from, Node to, String text) throws InterruptedException {
        long start = System.nanoTime();
        while (System.nanoTime() - start < TimeUnit.SECONDS.toNanos(AWAIT_SECONDS)) {
            if (from.call(to, text).await() instanceof byte[] reply) {
                return text(reply);
            }
        }
        return "no answer";
    }

    private static void assertLost(CallFailure failure) {
        assertThat(failure).isInstanceOf(ConnectionLost.class);
        assertThat(failure.maybeExecuted()).isTrue();
    }
}
