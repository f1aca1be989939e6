package dev.hypercache.transport.undertow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hypercache.spi.security.SigningKey;
import dev.hypercache.spi.security.SigningKeysReader.Listed;
import dev.hypercache.spi.transport.CallFailure.ConnectionLost;
import dev.hypercache.spi.transport.Outcome;
import dev.hypercache.spi.transport.RecordingListener;
import dev.hypercache.transport.auth.LiveKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Connections end with the key that theirs come from, and the peers go on with another one. */
final class KeyRemovalTest extends RawNodes {

    private static final long GRACE_MILLIS = TimeUnit.SECONDS.toMillis(AWAIT_SECONDS);

    private final LiveKeys ofOne = TestKeys.holding("old");
    private final LiveKeys ofTwo = TestKeys.holding("old");
    private final Queue<RecordingListener.Request> held = new ConcurrentLinkedQueue<>();
    private long graceMillis = GRACE_MILLIS;

    private Node startWith(String name, LiveKeys keys) {
        use(TestSettings.defaults().ioThreads(1).renewing(graceMillis).sharing(keys));
        return start(name);
    }

    private static Listed listed(String signing, String... ids) {
        List<SigningKey> keys = new ArrayList<>();
        for (String id : ids) {
            keys.add(TestKeys.key(id, id));
        }
        return new Listed(keys, signing);
    }

    /** Both nodes go through the first two steps of a rotation. */
    private void rotate() {
        for (LiveKeys keys : List.of(ofOne, ofTwo)) {
            keys.apply(listed("old", "old", "new"));
        }
        for (LiveKeys keys : List.of(ofOne, ofTwo)) {
            keys.apply(listed("new", "old", "new"));
        }
    }

    /** A call that the peer has received and not answered. */
    private Outcome pending(Node one, Node two) {
        two.listener().onRequest(request -> {
            if (text(request.bytes()).equals("held")) {
                held.add(request);
            } else {
                request.responder().reply(request.echo());
            }
        });
        Outcome pending = one.call(two, "held");
        await().until(() -> !held.isEmpty());
        return pending;
    }

    private void assertGoesOn(Node one, Node two, Outcome pending) throws Exception {
        await().until(() -> one.call(two, "again").await() instanceof byte[]
                && one.transport().counts().reconnects() == 1);
        assertThat(text(one.call(two, "by the new key").awaitReply())).isEqualTo("by the new key");
        assertThat(pending.isAnswered()).isFalse();
        RecordingListener.Request request = held.remove();
        request.responder().reply(request.echo());
        assertThat(text(pending.awaitReply())).isEqualTo("held");
        await().untilAsserted(() -> {
            assertThat(one.transport().counts().connections()).isEqualTo(1);
            assertThat(two.transport().counts().connections()).isEqualTo(1);
        });
        assertThat(one.transport().counts().reconnects()).isEqualTo(1);
    }

    @Test
    void peerDialsAnewWithAnotherKeyAndWhatIsPendingIsStillAnswered() throws Exception {
        Node one = startWith("one", ofOne);
        Node two = startWith("two", ofTwo);
        Outcome pending = pending(one, two);
        rotate();

        ofTwo.apply(listed("new", "new"));

        assertGoesOn(one, two, pending);
    }

    @Test
    void nodeItselfDialsAnewWithAnotherKeyAndWhatIsPendingIsStillAnswered() throws Exception {
        Node one = startWith("one", ofOne);
        Node two = startWith("two", ofTwo);
        Outcome pending = pending(one, two);
        rotate();

        ofOne.apply(listed("new", "new"));

        assertGoesOn(one, two, pending);
    }

    @Test
    void connectionIsClosedWhenTheGraceIsOver() throws Exception {
        graceMillis = 50;
        Node one = startWith("one", ofOne);
        Node two = startWith("two", ofTwo);
        Outcome pending = pending(one, two);
        rotate();

        ofTwo.apply(listed("new", "new"));

        assertThat(pending.awaitFailure()).isInstanceOf(ConnectionLost.class);
        await().untilAsserted(
                        () -> assertThat(two.transport().counts().connections()).isZero());
    }

    @Test
    void connectionsOfOtherKeysStay() throws Exception {
        Node one = startWith("one", ofOne);
        Node two = startWith("two", ofTwo);
        ofOne.apply(listed("old", "old", "new"));
        ofTwo.apply(listed("old", "old", "new"));
        Outcome pending = pending(one, two);

        ofOne.apply(listed("old", "old"));
        ofTwo.apply(listed("old", "old"));

        assertThat(text(one.call(two, "still here").awaitReply())).isEqualTo("still here");
        assertThat(one.transport().counts().reconnects()).isZero();
        held.remove().responder().reply(frame("here"));
        assertThat(text(pending.awaitReply())).isEqualTo("here");
    }

    @Test
    void nobodyIsLetInWithARemovedKey() throws Exception {
        Node two = startWith("two", ofTwo);
        rotate();
        ofTwo.apply(listed("new", "new"));
        try (RawPeer peer = RawPeer.dial(two.address())) {
            peer.send(SealedPeer.upgrade(TestKeys.holding("old"), "two").text());
            assertThat(peer.readHead()).startsWith("HTTP/1.1 401 ");
        }
    }

    @Test
    void nodeWithoutAKeyThatSignsReachesNobody() throws Exception {
        Node two = startWith("two", ofTwo);
        Node mute = startWith("mute", TestKeys.holding());

        assertThat(mute.call(two, "hello").awaitFailure())
                .isInstanceOfSatisfying(
                        ConnectionLost.class, lost -> assertThat(lost.detail()).contains("No key signs"));
        assertThat(two.listener().firstEvents()).isEmpty();
    }
}
