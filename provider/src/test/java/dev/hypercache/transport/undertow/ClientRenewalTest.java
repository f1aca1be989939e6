package dev.hypercache.transport.undertow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hypercache.spi.security.SigningKey;
import dev.hypercache.spi.security.SigningKeysReader.Listed;
import dev.hypercache.spi.transport.Outcome;
import dev.hypercache.transport.auth.LiveKeys;
import dev.hypercache.transport.undertow.wire.MuxHeader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** A client keeps its way back when a connection makes room for a new one, though it has nothing to say itself. */
final class ClientRenewalTest extends RawNodes {

    private static final ByteBuffer NONE = ByteBuffer.allocate(0);

    private final LiveKeys ofMember = TestKeys.holding("old");
    private final LiveKeys ofClient = TestKeys.holding("old");

    private Node startMember() {
        use(TestSettings.defaults().ioThreads(1).sharing(ofMember));
        Node member = start("member");
        member.listener().allow(message -> true);
        return member;
    }

    private Node joined(Node member) throws Exception {
        use(TestSettings.defaults().ioThreads(1).sharing(ofClient));
        Node client = startClient("client");
        assertThat(text(client.call(member, "hello").awaitReply())).isEqualTo("hello");
        return client;
    }

    private static Listed listed(String signing, String... ids) {
        List<SigningKey> keys = new ArrayList<>();
        for (String id : ids) {
            keys.add(TestKeys.key(id, id));
        }
        return new Listed(keys, signing);
    }

    @Test
    void clientDialsAnewAfterAGoodByeAndHearsTheOldConnectionUntilThen() throws Exception {
        Node client = startClient("client");
        try (FakeNode fake = new FakeNode(id("fake", 1))) {
            Outcome unanswered = new Outcome();
            client.transport().link(fake.peer()).call(frame("hello"), 0, LONG_NANOS, unanswered);
            RawPeer old = fake.letIn(1, 1);
            old.frame(MuxHeader.GOAWAY, MuxHeader.ONEWAY, 0, NONE);
            old.frame(MuxHeader.POST, MuxHeader.ONEWAY, 0, ByteBuffer.wrap(new byte[] {1}));
            assertThat(client.listener().awaitPost()).containsExactly(1);

            RawPeer next = fake.letIn(1, 1);
            next.frame(MuxHeader.POST, MuxHeader.ONEWAY, 0, ByteBuffer.wrap(new byte[] {2}));
            assertThat(client.listener().awaitPost()).containsExactly(2);
            old.frame(MuxHeader.POST, MuxHeader.ONEWAY, 0, ByteBuffer.wrap(new byte[] {3}));
            old.frame(MuxHeader.PING, MuxHeader.RESPONSE, 0, NONE);
            next.frame(MuxHeader.POST, MuxHeader.ONEWAY, 0, ByteBuffer.wrap(new byte[] {4}));

            assertThat(client.listener().awaitPost()).containsExactly(4);
        }
    }

    @Test
    void wayBackStaysWhenTheMemberForgetsAKey() throws Exception {
        Node member = startMember();
        Node client = joined(member);
        rotate();

        assertWayBackStays(member, client, () -> ofMember.apply(listed("new", "new")));
    }

    @Test
    void wayBackStaysWhenTheClientForgetsAKey() throws Exception {
        Node member = startMember();
        Node client = joined(member);
        rotate();

        assertWayBackStays(member, client, () -> ofClient.apply(listed("new", "new")));
    }

    /** Sends numbers back until the client has dialled anew and for a while longer; none of them is refused. */
    private static void assertWayBackStays(Node member, Node client, Runnable change) {
        List<Integer> arrived = new CopyOnWriteArrayList<>();
        client.listener().onMessage(message -> arrived.add(Integer.parseInt(text(message))));
        List<Integer> sent = new ArrayList<>();
        change.run();
        await().until(() -> {
            sent.add(sent.size());
            assertThat(member.post(client, "" + (sent.size() - 1), 0)).isTrue();
            return client.transport().counts().reconnects() == 1;
        });
        int last = sent.size();
        await().until(() -> {
            assertThat(member.post(client, "" + last, 0)).isTrue();
            return arrived.contains(last);
        });
        assertThat(arrived).isSorted();
        await().until(() -> client.transport().counts().connections() == 1
                && member.transport().counts().connections() == 1);
        assertThat(client.listener().firstEvents()).doesNotContain("disconnected member#1");
        assertThat(client.transport().counts().reconnects()).isEqualTo(1);
    }

    private void rotate() {
        for (LiveKeys keys : List.of(ofMember, ofClient)) {
            keys.apply(listed("old", "old", "new"));
        }
        for (LiveKeys keys : List.of(ofMember, ofClient)) {
            keys.apply(listed("new", "old", "new"));
        }
    }
}
