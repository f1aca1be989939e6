package dev.hypercache.topology.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hypercache.spi.Payload;
import dev.hypercache.spi.RingId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Frames have the bytes that docs/PROTOCOL.md shows, and other bytes are refused or understood, never worse. */
final class RaftWireTest {

    private static final String GOLDEN = "/frames/topology1.txt";
    private static final int MUTANTS = 40_000;

    private final RaftWire wire = new RaftWire(WireSamples.RING);

    @Test
    void framesHaveTheGoldenBytes() throws IOException {
        Map<String, String> written = new LinkedHashMap<>();
        WireSamples.all().forEach((name, message) -> written.put(name, hex(wire.encode(message))));

        assertThat(written).isEqualTo(golden());
    }

    @Test
    void whatIsReadIsWrittenAsTheSameBytes() throws Exception {
        for (String hex : golden().values()) {
            byte[] bytes = HexFormat.of().parseHex(hex);

            TopologyMessage message = wire.decode(WireSamples.FROM, ByteBuffer.wrap(bytes));

            assertThat(hex(wire.encode(message))).isEqualTo(hex);
        }
    }

    @Test
    void framesOfAnotherRingOrGenerationAreRefused() {
        for (TopologyMessage message : WireSamples.all().values()) {
            Payload frame = new RaftWire(WireSamples.RING.reformed()).encode(message);
            Payload foreign = new RaftWire(new RingId(new java.util.UUID(1, 1), 3)).encode(message);

            assertThatExceptionOfType(MalformedFrameException.class)
                    .isThrownBy(() -> wire.decode(WireSamples.FROM, frame.buffer()));
            assertThatExceptionOfType(MalformedFrameException.class)
                    .isThrownBy(() -> wire.decode(WireSamples.FROM, foreign.buffer()));
        }
    }

    @Test
    void cutFramesAreRefused() throws IOException {
        for (String hex : golden().values()) {
            byte[] bytes = HexFormat.of().parseHex(hex);
            for (int length = 0; length < bytes.length; length++) {
                ByteBuffer cut = ByteBuffer.wrap(bytes, 0, length).slice();

                assertThatExceptionOfType(MalformedFrameException.class)
                        .isThrownBy(() -> wire.decode(WireSamples.FROM, cut));
            }
        }
    }

    /** Whatever is understood has one form, so no field was passed over; whatever is not is refused by the one exception. */
    @Test
    void spoiledFramesAreRefusedOrUnderstoodWhole() throws IOException {
        Random random = new Random(99);
        byte[][] frames =
                golden().values().stream().map(HexFormat.of()::parseHex).toArray(byte[][]::new);
        int understood = 0;
        for (int i = 0; i < MUTANTS; i++) {
            byte[] mutant = spoil(frames[random.nextInt(frames.length)], random);
            try {
                TopologyMessage message = wire.decode(WireSamples.FROM, ByteBuffer.wrap(mutant));
                understood++;
                assertThat(wire.encode(message).toBytes()).isEqualTo(mutant);
            } catch (MalformedFrameException refused) {
                assertThat(refused).hasMessageNotContaining("\n");
            }
        }
        assertThat(understood).isBetween(1, MUTANTS - 1);
    }

    private static byte[] spoil(byte[] frame, Random random) {
        byte[] mutant = frame.clone();
        for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
            int at = random.nextInt(3) == 0 ? random.nextInt(mutant.length) : 26 + random.nextInt(mutant.length - 26);
            mutant[at] = (byte) (random.nextBoolean() ? random.nextInt(256) : mutant[at] ^ 1 << random.nextInt(8));
        }
        return mutant;
    }

    private static String hex(Payload payload) {
        return HexFormat.of().formatHex(payload.toBytes());
    }

    static Map<String, String> golden() throws IOException {
        Map<String, String> lines = new LinkedHashMap<>();
        InputStream stream = Objects.requireNonNull(RaftWireTest.class.getResourceAsStream(GOLDEN), GOLDEN);
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String[] parts = line.split(": ", 2);
                lines.put(parts[0], parts[1]);
            }
        }
        return lines;
    }
}
