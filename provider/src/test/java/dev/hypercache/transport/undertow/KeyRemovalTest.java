package dev.hypercache.transport.undertow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import dev.hypercache.spi.security.MessageAuthenticator;
import dev.hypercache.spi.security.Role;
import dev.hypercache.spi.security.Secret;
import dev.hypercache.spi.security.SigningKey;
import dev.hypercache.spi.transport.CallFailure.ConnectionLost;
import dev.hypercache.spi.transport.Outcome;
import dev.hypercache.spi.transport.RecordingListener;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Connections end with the key that theirs come from, and the peers go on with another one. */
final class KeyRemovalTest extends RawNodes {

    private static final long GRACE_MILLIS = TimeUnit.SECONDS.toMillis(AWAIT_SECONDS);

    private final MessageAuthenticator keysOfOne = TestKeys.holding("old");
    private final MessageAuthenticator keysOfTwo = TestKeys.holding("old");
    private final FrameAuthentication ofOne = TestKeys.authentication(keysOfOne);
    private final FrameAuthentication ofTwo = TestKeys.authentication(keysOfTwo);
    private final Queue<RecordingListener.Request> held = new ConcurrentLinkedQueue<>();

    private Node startWith(String name, FrameAuthentication authentication) {
        use(TestSettings.defaults().ioThreads(1).authenticating(authentication));
        return start(name);
    }

    /** Both nodes go through a rotation, so that nobody holds the old key any more. */
    private void rotate() {
        for (MessageAuthenticator keys : new MessageAuthenticator[] {keysOfOne, keysOfTwo}) {
            keys.keys().install(TestKeys.key("new", "new"));
            keys.keys().use("new");
            keys.keys().remove("old");
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

        ofTwo.endConnectionsOf("old", GRACE_MILLIS);

        assertGoesOn(one, two, pending);
    }

    @Test
    void nodeItselfDialsAnewWithAnotherKeyAndWhatIsPendingIsStillAnswered() throws Exception {
        Node one = startWith("one", ofOne);
        Node two = startWith("two", ofTwo);
        Outcome pending = pending(one, two);
        rotate();

        ofOne.endConnectionsOf("old", GRACE_MILLIS);

        assertGoesOn(one, two, pending);
    }

    @Test
    void connectionIsClosedWhenTheGraceIsOver() throws Exception {
        Node one = startWith("one", ofOne);
        Node two = startWith("two", ofTwo);
        Outcome pending = pending(one, two);
        rotate();

        ofTwo.endConnectionsOf("old", 50);

        assertThat(pending.awaitFailure()).isInstanceOf(ConnectionLost.class);
        await().untilAsserted(
                        () -> assertThat(two.transport().counts().connections()).isZero());
    }

    @Test
    void connectionsOfOtherKeysStay() throws Exception {
        Node one = startWith("one", ofOne);
        Node two = startWith("two", ofTwo);
        keysOfTwo.keys().install(TestKeys.key("new", "new"));
        Outcome pending = pending(one, two);

        ofTwo.endConnectionsOf("new", 0);
        ofOne.endConnectionsOf("new", 0);

        assertThat(text(one.call(two, "still here").awaitReply())).isEqualTo("still here");
        assertThat(one.transport().counts().reconnects()).isZero();
        held.remove().responder().reply(frame("here"));
        assertThat(text(pending.awaitReply())).isEqualTo("here");
    }

    @Test
    void nobodyIsLetInWithARemovedKey() throws Exception {
        Node two = startWith("two", ofTwo);
        rotate();
        try (RawPeer peer = RawPeer.dial(two.address())) {
            peer.send(SealedPeer.upgrade("old", SealedPeer.NONCE, "two"));
            assertThat(peer.readHead()).startsWith("HTTP/1.1 401 ");
        }
        assertThatIllegalArgumentException().isThrownBy(() -> ofTwo.endConnectionsOf("old", -1));
    }

    /** Holds a key that is valid up to the moment 0. */
    private static MessageAuthenticator holdingAPassingKey() {
        MessageAuthenticator keys = TestKeys.holding();
        Secret secret = TestKeys.key("passing", "passing").secret();
        keys.keys().install(new SigningKey("passing", secret, Role.MEMBER, Long.MIN_VALUE, 0));
        keys.keys().use("passing");
        return keys;
    }

    @Test
    void nodeWhoseKeyIsNotValidAnyMoreIsNotChallenged() throws Exception {
        Node two = startWith("two", new FrameAuthentication(holdingAPassingKey(), () -> 1, TestKeys.CLUSTER));
        try (RawPeer peer = RawPeer.dial(two.address())) {
            peer.send(SealedPeer.upgrade("passing", SealedPeer.NONCE, "two"));
            assertThat(peer.readHead()).startsWith("HTTP/1.1 101 ");
            assertThatExceptionOfType(IOException.class).isThrownBy(peer::read);
        }
        await().untilAsserted(
                        () -> assertThat(two.transport().counts().refusals()).isEqualTo(1));
        assertThat(two.transport().counts().connections()).isZero();
    }

    @Test
    void challengeIsNotAnsweredWithAKeyThatIsNotValidAnyMore() throws Exception {
        Node two = startWith("two", new FrameAuthentication(holdingAPassingKey(), () -> 0, TestKeys.CLUSTER));
        Node late = startWith("late", new FrameAuthentication(holdingAPassingKey(), () -> 1, TestKeys.CLUSTER));

        assertThat(late.call(two, "hello").awaitFailure())
                .isInstanceOfSatisfying(
                        ConnectionLost.class,
                        lost -> assertThat(lost.detail()).contains("key \"passing\" is unknown here or not valid now"));
        assertThat(two.listener().firstEvents()).isEmpty();
    }

    @Test
    void nodeWithoutAKeyThatSignsReachesNobody() throws Exception {
        Node two = startWith("two", ofTwo);
        Node mute = startWith("mute", TestKeys.authentication(TestKeys.holding()));

        assertThat(mute.call(two, "hello").awaitFailure())
                .isInstanceOfSatisfying(
                        ConnectionLost.class, lost -> assertThat(lost.detail()).contains("No key signs"));
        assertThat(two.listener().firstEvents()).isEmpty();
    }
}
