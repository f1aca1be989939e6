package dev.hypercache.transport.undertow;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.spi.transport.TransportCounts;
import dev.hypercache.transport.undertow.wire.Hello;
import dev.hypercache.transport.undertow.wire.LzBlock;
import dev.hypercache.transport.undertow.wire.MuxHeader;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Who compresses what, and for whom. */
final class CompressionTest extends RawNodes {

    private static final String LONG = "a line of a poem that never ends, ".repeat(300);

    private Node compressing(String name) {
        use(TestSettings.defaults().compressing(100));
        return start(name);
    }

    private Node plain(String name) {
        use(TestSettings.defaults());
        return start(name);
    }

    @Test
    void nodeThatCompressesAndOneThatDoesNotUnderstandEachOther() throws Exception {
        Node one = compressing("one");
        Node two = plain("two");

        assertThat(text(one.call(two, LONG).awaitReply())).isEqualTo(LONG);
        TransportCounts asked = one.transport().counts();
        assertThat(asked.compressions()).isEqualTo(1);
        assertThat(asked.bytesSaved()).isBetween(LONG.length() / 2L, (long) LONG.length());
        assertThat(two.transport().counts().compressions()).isZero();

        assertThat(text(two.call(one, LONG).awaitReply())).isEqualTo(LONG);
        assertThat(one.transport().counts().compressions()).as("the reply, too").isEqualTo(2);
        assertThat(two.transport().counts().compressions()).isZero();
    }

    @Test
    void shortMessagesAndThoseThatWouldNotBecomeShorterStayAsTheyAre() throws Exception {
        Node one = compressing("one");
        Node two = compressing("two");
        StringBuilder noise = new StringBuilder();
        new Random(1).ints(1_000, ' ', '~').forEach(c -> noise.append((char) c));

        assertThat(text(one.call(two, "x".repeat(99)).awaitReply())).hasSize(99);
        assertThat(text(one.call(two, noise.toString()).awaitReply())).isEqualTo(noise.toString());
        assertThat(one.transport().counts().compressions()).isZero();
        assertThat(two.transport().counts().compressions()).isZero();
        assertThat(text(one.call(two, "x".repeat(100)).awaitReply())).hasSize(100);
        assertThat(one.transport().counts().compressions()).isEqualTo(1);
    }

    private static RawPeer.Received answerTo(Node node, int features) throws Exception {
        Hello hello = new Hello(1, 1, features, 1 << 20, 0, 0, "hypercache", null, RAW, node.id());
        try (RawPeer peer = RawPeer.greet(node.address(), hello)) {
            assertThat(Hello.decode(ByteBuffer.wrap(peer.read().body())).features())
                    .isEqualTo(Hello.FEATURE_LZ4);
            peer.call(5, LONG.getBytes(US_ASCII));
            return peer.read();
        }
    }

    @Test
    void peerThatCannotReadItGetsNothingCompressed() throws Exception {
        Node node = compressing("node");

        RawPeer.Received answer = answerTo(node, 0);
        assertThat(answer.flags()).isEqualTo(MuxHeader.RESPONSE);
        assertThat(text(answer.body())).isEqualTo(LONG);
        assertThat(node.transport().counts().compressions()).isZero();
    }

    @Test
    void peerThatCanReadItGetsABlock() throws Exception {
        Node node = compressing("node");

        RawPeer.Received answer = answerTo(node, Hello.FEATURE_LZ4);
        assertThat(answer.flags()).isEqualTo(MuxHeader.RESPONSE | MuxHeader.COMPRESSED);
        ByteBuffer plain = new LzBlock().decompress(ByteBuffer.wrap(answer.body()), 1 << 20);
        assertThat(US_ASCII.decode(plain).toString()).isEqualTo(LONG);
    }
}
