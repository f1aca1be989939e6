package dev.hypercache.spi.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hypercache.spi.Payload;
import dev.hypercache.spi.security.Role;
import dev.hypercache.spi.transport.CallFailure.ConnectionLost;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link Transport} must do for clients and at them. Part of {@link TransportContract}. */
public abstract class TransportClientContract extends TransportNodes {

    private static final String FOR_MEMBERS = "for members alone";

    /** A member that serves clients: all but one message is for them. */
    private Node startMember(String name) {
        return serving(start(name));
    }

    private static Node serving(Node member) {
        member.listener().allow(message -> !text(message).equals(FOR_MEMBERS));
        return member;
    }

    /** A client that the member has let in. */
    private static Node joined(Node client, Node member) throws InterruptedException {
        assertThat(text(client.call(member, "hello").awaitReply())).isEqualTo("hello");
        return client;
    }

    @Test
    void clientListensNowhere() throws Exception {
        Node member = startMember("member");

        Node client = start(
                TransportOptions.withDefaults(id("client", 1), member.address()).asClient());

        assertThat(client.address()).isEqualTo(member.address());
        assertThat(text(client.call(member, "hello").awaitReply())).isEqualTo("hello");
    }

    @Test
    void memberLearnsThatACallerIsAClient() throws Exception {
        Node member = startMember("member");
        Node client = startClient("client");
        Queue<RemotePeer> callers = new ConcurrentLinkedQueue<>();
        member.listener().onRequest(request -> {
            callers.add(request.from());
            request.responder().reply(request.echo());
        });

        joined(client, member);
        assertThat(client.linkTo(member).post(frame("a post"), 0)).isTrue();
        assertThat(text(member.listener().awaitPost())).isEqualTo("a post");

        assertThat(callers).containsExactly(client.asClient());
        assertThat(member.listener().lastPoster()).isEqualTo(client.asClient());
    }

    @Test
    void messageThatIsSentBackComesFromTheMemberThatWasDialled() throws Exception {
        Node member = startMember("member");
        Node client = joined(startClient("client"), member);

        assertThat(member.post(client, "news", 3)).isTrue();

        assertThat(text(client.listener().awaitPost())).isEqualTo("news");
        assertThat(client.listener().lastPoster()).isEqualTo(new RemotePeer(member.id(), Role.MEMBER));
    }

    @Test
    void messageMayBeSentBackAsSoonAsTheClientHasCome() throws Exception {
        Node member = startMember("member");
        Node client = startClient("client");
        member.listener().beforeNews(() -> member.post(client, "welcome", 0));

        joined(client, member);

        assertThat(text(client.listener().awaitPost())).isEqualTo("welcome");
    }

    @Test
    void messagesOfALaneComeBackInTheOrderOfTheCalls() throws Exception {
        Node member = startMember("member");
        Node client = joined(startClient("client"), member);
        int lanes = 5;
        int messages = 1_000;
        Map<Integer, Queue<Integer>> arrived = new ConcurrentHashMap<>();
        IntStream.range(0, lanes).forEach(lane -> arrived.put(lane, new ConcurrentLinkedQueue<>()));
        CountDownLatch all = new CountDownLatch(messages);
        client.listener().onMessage(message -> {
            int number = Integer.parseInt(text(message));
            arrived.get(number % lanes).add(number);
            all.countDown();
        });

        for (int number = 0; number < messages; number++) {
            assertThat(member.post(client, "" + number, number % lanes)).isTrue();
            if (number == messages / 2) {
                // The client's other connections come about while messages are on their way.
                for (int lane = 0; lane < lanes; lane++) {
                    client.call(member, "me too", lane, LONG_NANOS);
                }
            }
        }

        assertThat(all.await(AWAIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        arrived.forEach((lane, numbers) ->
                assertThat(List.copyOf(numbers)).as("lane %s", lane).isSorted().hasSize(messages / lanes));
    }

    @Test
    void laneOfControlLeadsBackToo() throws Exception {
        Node member = startMember("member");
        Node client = joined(startClient("client"), member);

        assertThat(member.post(client, "the ring changed", PeerLink.CONTROL_LANE))
                .isTrue();

        assertThat(text(client.listener().awaitPost())).isEqualTo("the ring changed");
    }

    @Test
    void largestFrameComesBackAndALargerOneIsRefusedBeforeItIsSent() throws Exception {
        Node member =
                serving(start(new TransportOptions(id("member", 1), bind(), FRAME_BYTES_MAX, 8, 4 * FRAME_BYTES_MAX)));
        Node client = joined(startClient("client"), member);

        assertThat(member.transport().post(client.asClient(), frame(FRAME_BYTES_MAX), 0))
                .isTrue();
        assertThat(client.listener().awaitPost()).hasSize(FRAME_BYTES_MAX);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> member.transport().post(client.asClient(), frame(FRAME_BYTES_MAX + 1), 0));
    }

    @Test
    void clientThatTakesSmallerFramesOnlyIsNotSentALargerOne() throws Exception {
        Node member = startMember("member");
        TransportOptions small = new TransportOptions(id("client", 1), bind(), FRAME_BYTES_MAX, 8, FRAME_BYTES_MAX);
        Node client = joined(start(small.asClient()), member);

        boolean unused = member.transport().post(client.asClient(), frame(FRAME_BYTES_MAX + 1), 0);
        assertThat(member.post(client, "go on", 0)).isTrue();
        assertThat(text(client.listener().awaitPost())).isEqualTo("go on");
    }

    @Test
    void nothingIsSentBackToMembersOrToWhoIsNotThere() throws Exception {
        Node member = startMember("member");
        Node other = start("other");
        Node client = joined(startClient("client"), member);
        other.call(member, "hello").awaitReply();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> member.transport().post(new RemotePeer(other.id(), Role.MEMBER), frame("news"), 0))
                .withMessageContaining("The role of other#1 is member");
        assertThat(member.transport().post(other.asClient(), frame("news"), 0)).isFalse();
        assertThat(member.transport().post(new RemotePeer(id("client", 2), Role.CLIENT), frame("news"), 0))
                .isFalse();
        assertThat(client.transport().post(client.asClient(), frame("news"), 0)).isFalse();
        assertThat(other.listener().firstEvents()).containsExactly("connected member#1");
        member.transport().close();
        assertThat(member.post(client, "too late", 0)).isFalse();
    }

    @Test
    void clientThatLeftOrDiedIsReachedNoMore() throws Exception {
        Node member = startMember("member");
        Node polite = joined(startClient("polite"), member);
        Node abrupt = joined(startClient("abrupt"), member);
        assertThat(member.listener().awaitNews()).isEqualTo("connected polite#1");
        assertThat(member.listener().awaitNews()).isEqualTo("connected abrupt#1");

        polite.transport().close();
        assertThat(member.listener().awaitNews()).isEqualTo("disconnected polite#1");
        kill(abrupt.id());
        assertThat(member.listener().awaitNews()).isEqualTo("reset abrupt#1");

        assertThat(member.post(polite, "news", 0)).isFalse();
        assertThat(member.post(abrupt, "news", 0)).isFalse();
    }

    @Test
    void clientIsReachedAgainOnceItHasDialledAnew() throws Exception {
        Node member = startMember("member");
        Node client = joined(startClient("client"), member);

        client.linkTo(member).reconnect();
        awaitReply(client, member);

        assertThat(member.post(client, "news", 0)).isTrue();
        assertThat(text(client.listener().awaitPost())).isEqualTo("news");
    }

    /** Calls again while there is no connection: a link may wait before it dials anew. */
    private static void awaitReply(Node from, Node to) throws InterruptedException {
        long start = System.nanoTime();
        while (!(from.call(to, "again").await() instanceof byte[])) {
            assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(AWAIT_SECONDS));
        }
    }

    @Test
    void clientsOfOneNameAreTwo() throws Exception {
        Node member = startMember("member");
        Node first = joined(
                start(TransportOptions.withDefaults(id("client", 71), bind()).asClient()), member);
        Node second = joined(
                start(TransportOptions.withDefaults(id("client", 72), bind()).asClient()), member);

        assertThat(member.post(first, "to the first", 0)).isTrue();
        assertThat(member.post(second, "to the second", 0)).isTrue();

        assertThat(text(first.listener().awaitPost())).isEqualTo("to the first");
        assertThat(text(second.listener().awaitPost())).isEqualTo("to the second");
        second.transport().close();
        joined(first, member);
        assertThat(first.listener().firstEvents()).containsExactly("connected member#1", "post");
    }

    @Test
    void clientThatSendsWhatIsForMembersIsCutOff() throws Exception {
        Node member = startMember("member");
        Node other = joined(startClient("other"), member);
        Node caller = joined(startClient("caller"), member);
        Node poster = joined(startClient("poster"), member);

        CallFailure failure = caller.call(member, FOR_MEMBERS, 0, LONG_NANOS).awaitFailure();
        poster.linkTo(member).post(frame(FOR_MEMBERS), 0);

        assertThat(failure).isInstanceOf(ConnectionLost.class);
        List<String> news = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            news.add(member.listener().awaitNews());
        }
        assertThat(news).contains("disconnected caller#1", "disconnected poster#1");
        assertThat(caller.listener().awaitNews()).isEqualTo("connected member#1");
        assertThat(caller.listener().awaitNews()).isEqualTo("reset member#1");
        assertThat(member.post(caller, "news", 0)).isFalse();
        assertThat(text(other.call(member, "still there?").awaitReply())).isEqualTo("still there?");
        assertThat(member.listener().firstEvents()).doesNotContain("post");
    }

    @Test
    void clientThatTakesNothingIsSentABoundedPartAndOthersAreServed() throws Exception {
        Node member = serving(
                start(new TransportOptions(id("member", 1), bind(), FRAME_BYTES_MAX, 10_000, 4L * FRAME_BYTES_MAX)));
        Node slow = joined(startClient("slow"), member);
        Node other = joined(startClient("other"), member);
        CountDownLatch goOn = new CountDownLatch(1);
        slow.listener().onMessage(message -> {
            try {
                goOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        // The network between may swallow some; the bound holds for what waits on this side.
        byte[] message = new byte[FRAME_BYTES_MAX];
        new SplittableRandom(1).nextBytes(message);
        boolean accepted = true;
        for (int post = 0; post < 2_000 && accepted; post++) {
            accepted = member.transport().post(slow.asClient(), Frame.of(Payload.of(message)), 0);
        }

        assertThat(accepted).isFalse();
        assertThat(member.post(other, "and you?", 0)).isTrue();
        assertThat(text(other.listener().awaitPost())).isEqualTo("and you?");
        assertThat(text(other.call(member, "and me?").awaitReply())).isEqualTo("and me?");
        goOn.countDown();
    }
}
