package dev.hypercache.transport.fault;

import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.spi.transport.TransportOptions;
import org.junit.jupiter.api.Test;

/** What members send back to clients meets the faults of its direction, once. */
final class ClientFaultsTest extends FaultyNodes {

    private static Node joined(Node client, Node member) throws InterruptedException {
        member.listener().allow(message -> true);
        client.call(member, "hello").awaitReply();
        return client;
    }

    @Test
    void cutLosesItWithoutAWordUntilItIsMended() throws Exception {
        Node member = start("member");
        Node client = joined(startClient("client"), member);
        faults.cut("member", "client");

        assertThat(member.post(client, "lost", 0)).isTrue();
        faults.mend("member", "client");
        assertThat(member.post(client, "mended", 0)).isTrue();

        assertThat(text(client.listener().awaitPost())).isEqualTo("mended");
        assertThat(faults.counts("member", "client").cut()).isOne();
    }

    @Test
    void copyOfItArrivesToo() throws Exception {
        Node member = start("member");
        Node client = joined(startClient("client"), member);
        faults.link("member", "client", LinkFaults.NONE.duplicating(1));

        assertThat(member.post(client, "twice", 0)).isTrue();

        assertThat(text(client.listener().awaitPost())).isEqualTo("twice");
        assertThat(text(client.listener().awaitPost())).isEqualTo("twice");
        assertThat(faults.counts("member", "client").duplicated()).isOne();
    }

    @Test
    void whatIsHeldBackForAClientThatHasGoneIsLost() throws Exception {
        Node member = start("member");
        Node client = joined(startClient("client"), member);
        faults.link("member", "client", LinkFaults.NONE.delaying(Delay.of(ofMillis(2_000))));
        assertThat(member.post(client, "held back", 0)).isTrue();
        client.linkTo(member).close();
        assertThat(member.listener().awaitNews()).isEqualTo("connected client#1");
        assertThat(member.listener().awaitNews()).isEqualTo("disconnected client#1");

        faults.calm();
        joined(client, member);
        faults.link("member", "client", LinkFaults.NONE.delaying(Delay.of(ofMillis(2_100))));
        assertThat(member.post(client, "later", 0)).isTrue();

        assertThat(text(client.listener().awaitPost())).isEqualTo("later");
    }

    @Test
    void heldBackIsNoMoreThanTheBoundOfEachClient() throws Exception {
        Node member = start(new TransportOptions(id("member", 1), bind(), FRAME_BYTES_MAX, 100, 2L * FRAME_BYTES_MAX));
        Node client = joined(startClient("client"), member);
        Node other = joined(startClient("other"), member);
        faults.everywhere(LinkFaults.NONE.delaying(Delay.of(ofMillis(200))));

        assertThat(member.transport().post(client.asClient(), frame(FRAME_BYTES_MAX), 0))
                .isTrue();
        assertThat(member.transport().post(client.asClient(), frame(FRAME_BYTES_MAX), 0))
                .isFalse();
        assertThat(member.transport().post(other.asClient(), frame(FRAME_BYTES_MAX), 0))
                .isTrue();
        assertThat(client.listener().awaitPost()).hasSize(FRAME_BYTES_MAX);
        assertThat(other.listener().awaitPost()).hasSize(FRAME_BYTES_MAX);
    }
}
