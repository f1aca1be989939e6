package dev.hypercache.transport.undertow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.spi.RingId;
import dev.hypercache.spi.transport.CallFailure;
import dev.hypercache.spi.transport.CallFailure.Refused;
import dev.hypercache.spi.transport.RingFence;
import dev.hypercache.transport.undertow.wire.Hello;
import dev.hypercache.transport.undertow.wire.MuxHeader;
import dev.hypercache.transport.undertow.wire.Refusal;
import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who talks to whom. */
final class NegotiationTest extends RawNodes {

    private static final RingId RING = new RingId(new UUID(1, 2), 3);

    @ParameterizedTest
    @CsvSource({"1,1", "1,9", "1,65535"})
    void newerNodeThatStillSpeaksOurVersionIsLetIn(int versionMin, int versionMax) throws Exception {
        Node two = start("two");
        try (RawPeer peer = RawPeer.greet(two.address(), hello(versionMin, versionMax, "hypercache", null, two.id()))) {
            Hello answer = Hello.decode(ByteBuffer.wrap(peer.read().body()));
            assertThat(answer.versionMax()).isEqualTo(1);
            assertThat(answer.node()).isEqualTo(two.id());
            assertThat(answer.target()).isNull();
        }
    }

    @Test
    void fieldsThatANewerNodeAddsArePassedOver() throws Exception {
        Node two = start("two");
        ByteBuffer known = hello(two).encode();
        ByteBuffer longer = ByteBuffer.allocate(known.remaining() + 50)
                .put(known)
                .put(new byte[50])
                .flip();
        try (RawPeer peer = RawPeer.dial(two.address())) {
            peer.upgrade();
            peer.frame(MuxHeader.HELLO, 0, 0, longer);
            assertThat(peer.read().flags()).isEqualTo(MuxHeader.RESPONSE);
        }
    }

    private static void assertRefused(Node node, Hello hello, int status, String reason) throws Exception {
        try (RawPeer peer = RawPeer.greet(node.address(), hello)) {
            RawPeer.Received answer = peer.read();
            assertThat(answer.opcode()).isEqualTo(MuxHeader.HELLO);
            assertThat(answer.flags()).isEqualTo(MuxHeader.RESPONSE | MuxHeader.ERROR);
            assertThat(answer.status()).isEqualTo(status);
            assertThat(text(answer.body())).contains(reason);
            assertThat(peer.isClosedByTheNode()).isTrue();
        }
        assertThat(node.listener().firstEvents()).isEmpty();
        assertThat(node.transport().counts().refusals()).isPositive();
    }

    @Test
    void strangersAreToldWhy() throws Exception {
        Node two = start(options("two").within(RingFence.of("ours", RING)));

        assertRefused(two, hello(2, 9, "ours", RING, two.id()), Refusal.VERSION, "versions 1 to 1");
        assertRefused(two, hello(1, 1, "theirs", RING, two.id()), Refusal.CLUSTER, "cluster \"ours\"");
        assertRefused(two, hello(1, 1, "ours", RING.reformed(), two.id()), Refusal.GENERATION, "/4");
        RingId other = new RingId(new UUID(7, 7), 3);
        assertRefused(two, hello(1, 1, "ours", other, two.id()), Refusal.RING, other.toString());
        assertRefused(two, hello(1, 1, "ours", RING, id("three", 1)), Refusal.TARGET, "three#1 was meant");
    }

    private Object callAcross(RingFence here, RingFence there) throws Exception {
        Node one = start(options("one").within(here));
        Node two = start(options("two").within(there));
        return one.call(two, "hello").await();
    }

    @Test
    void callerLearnsWhyItIsRefused() throws Exception {
        Object answer = callAcross(RingFence.of("ours", null), RingFence.of("theirs", null));

        assertThat(answer)
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.reason())
                                .contains("two#1 belongs to cluster \"theirs\"", "one#1 to \"ours\""));
    }

    @Test
    void ringThatOneOfBothDoesNotKnowIsNotCompared() throws Exception {
        assertThat(callAcross(RingFence.of("ours", null), RingFence.of("ours", RING)))
                .isInstanceOf(byte[].class);
    }

    @Test
    void ringThatIsFormedLaterCountsFromThenOn() throws Exception {
        AtomicReference<@Nullable RingId> ring = new AtomicReference<>();
        RingFence changing = new RingFence() {
            @Override
            public String cluster() {
                return "ours";
            }

            @Override
            public @Nullable RingId ring() {
                return ring.get();
            }
        };
        Node one = start(options("one").within(changing));
        Node two = start(options("two").within(RingFence.of("ours", RING)));
        one.call(two, "before").awaitReply();

        ring.set(RING.reformed());
        one.linkTo(two).reconnect();

        CallFailure failure = one.call(two, "after").awaitFailure();
        assertThat(failure).isInstanceOf(Refused.class);
        assertThat(failure.maybeExecuted()).isFalse();
    }
}
