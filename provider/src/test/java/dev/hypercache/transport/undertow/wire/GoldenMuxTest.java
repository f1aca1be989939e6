package dev.hypercache.transport.undertow.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hypercache.spi.Incarnation;
import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.RingId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Nodes of two releases greet each other, so these bytes keep their meaning for ever: what is in the files was sent by a
 * release. A line is a description and the frame in hex.
 */
final class GoldenMuxTest {

    private static final HexFormat HEX = HexFormat.of();
    private static final NodeId ONE = new NodeId("node-1", new Incarnation(7));
    private static final NodeId TWO = new NodeId("node-2", new Incarnation(1L << 40));
    private static final RingId RING = new RingId(new UUID(0x0123456789abcdefL, 0xfedcba9876543210L), 3);

    record Golden(String name, byte[] frame) {}

    static List<Golden> goldens(String file) throws IOException {
        List<Golden> goldens = new ArrayList<>();
        try (InputStream in = GoldenMuxTest.class.getResourceAsStream("/frames/mux1/" + file)) {
            assertThat(in).as(file).isNotNull();
            for (String line : new String(in.readAllBytes(), UTF_8).split("\n")) {
                int split = line.lastIndexOf(' ');
                goldens.add(new Golden(line.substring(0, split), HEX.parseHex(line.substring(split + 1))));
            }
        }
        return goldens;
    }

    static Stream<Golden> hellos() throws IOException {
        return goldens("hello.txt").stream();
    }

    private static Hello expected(String name) {
        return switch (name) {
            case "request of a node in a ring" -> new Hello(1, 1, 1, 1 << 20, 0, 0, "hypercache", RING, ONE, TWO);
            case "request of a node without a ring" -> new Hello(1, 1, 0, 1 << 16, 3, 0, "prod", null, ONE, TWO);
            case "request of a client" -> new Hello(1, 1, 2, 1 << 20, 1, 3, "hypercache", null, ONE, TWO);
            case "answer of a newer node" -> new Hello(1, 65_535, -1, 1 << 24, 65_535, 0, "prod", RING, TWO, null);
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static byte[] frameOf(Hello hello) {
        ByteBuffer body = hello.encode();
        ByteBuffer frame = ByteBuffer.allocate(MuxHeader.BYTES + body.remaining());
        int flags = hello.target() == null ? MuxHeader.RESPONSE : 0;
        MuxHeader.put(frame, body.remaining(), MuxHeader.HELLO, flags, 0, 0);
        return frame.put(body).array();
    }

    @ParameterizedTest
    @MethodSource("hellos")
    void greetingIsStillWhatItWas(Golden golden) throws IOException {
        ByteBuffer frame = ByteBuffer.wrap(golden.frame());
        assertThat(MuxHeader.frameBytes(frame)).isEqualTo(golden.frame().length);
        assertThat(MuxHeader.opcode(frame, 0)).isEqualTo(MuxHeader.HELLO);
        assertThat(Hello.decode(frame.position(MuxHeader.BYTES))).isEqualTo(expected(golden.name()));
        assertThat(HEX.formatHex(frameOf(expected(golden.name())))).isEqualTo(HEX.formatHex(golden.frame()));
    }

    @Test
    void headersAreStillWhatTheyWere() throws IOException {
        for (Golden golden : goldens("headers.txt")) {
            ByteBuffer frame = ByteBuffer.wrap(golden.frame());
            String read = "opcode " + MuxHeader.opcode(frame, 0) + " flags " + MuxHeader.flags(frame, 0) + " status "
                    + MuxHeader.status(frame, 0) + " id " + Long.toUnsignedString(MuxHeader.id(frame, 0)) + " body "
                    + (frame.getInt(0) - MuxHeader.LENGTH_LEAST);
            assertThat(read).isEqualTo(golden.name());
        }
        ByteBuffer written = ByteBuffer.allocate(MuxHeader.BYTES);
        MuxHeader.put(written, 5, MuxHeader.CALL, MuxHeader.RESPONSE | MuxHeader.ERROR, 1, 258);
        assertThat(HEX.formatHex(written.array())).isEqualTo("00000011020300010000000000000102");
    }

    @Test
    void reasonOfARefusalIsReadAsItWasWrittenAndHasNoControls() {
        Refusal refusal = new Refusal(Refusal.CLUSTER, "another\ncluster");

        assertThat(Refusal.decode(2, refusal.encode())).isEqualTo(new Refusal(2, "another?cluster"));
        assertThat(new Refusal(2, "x".repeat(5_000)).encode().remaining()).isEqualTo(512);
    }

    @ParameterizedTest
    @ValueSource(strings = {"request of a node in a ring", "request of a client"})
    void greetingCutAnywhereIsRefused(String name) {
        byte[] whole = expected(name).encode().array();
        int length = expected(name).encode().remaining();
        for (int cut = 0; cut < length; cut++) {
            ByteBuffer part = ByteBuffer.wrap(whole, 0, cut);
            assertThatExceptionOfType(MuxException.class)
                    .as("cut after %s", cut)
                    .isThrownBy(() -> Hello.decode(part));
        }
    }
}
