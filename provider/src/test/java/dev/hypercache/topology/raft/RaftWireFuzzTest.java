package dev.hypercache.topology.raft;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.hypercache.fuzz.Reading;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes as a frame of the topology log: a message that is written as the very bytes that were read, or a refusal. */
final class RaftWireFuzzTest {

    private final RaftWire wire = new RaftWire(WireSamples.RING);

    static Stream<byte[]> seeds() throws IOException {
        return RaftWireTest.golden().values().stream().map(HexFormat.of()::parseHex);
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "60s")
    void bytesAreAMessageOrRefused(byte[] bytes) {
        Optional<TopologyMessage> message = Reading.of(bytes.length, Reading.FACTOR, () -> read(bytes));
        if (message.isPresent() && !Arrays.equals(wire.encode(message.get()).toBytes(), bytes)) {
            throw new AssertionError("written again it has other bytes: " + message.get());
        }
    }

    private Optional<TopologyMessage> read(byte[] bytes) {
        try {
            return Optional.of(wire.decode(WireSamples.FROM, ByteBuffer.wrap(bytes)));
        } catch (MalformedFrameException refused) {
            return Optional.empty();
        }
    }
}
