package dev.hypercache.transport.undertow.wire;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.hypercache.fuzz.Reading;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What comes on a connection with keys: any bytes of a stranger are refused at the first frame; and frames of who holds the key,
 * changed anywhere on their way, are taken up to the change and no further.
 */
final class SealedMuxFuzzTest {

    /** Where to change something, and how, stands in front of what is sealed. */
    private static final int EDIT_BYTES = Integer.BYTES + 1;

    private static final int BODY_BYTES_MAX = 50;

    static Stream<byte[]> seeds() {
        byte[] many = new byte[400];
        Arrays.fill(many, (byte) 90);
        ByteBuffer headChanged = ByteBuffer.allocate(40).putInt(5).put((byte) MuxHeader.MAC);
        ByteBuffer lengthChanged = ByteBuffer.allocate(200).putInt(3).put((byte) 1);
        ByteBuffer secondChanged = ByteBuffer.allocate(200).putInt(100).put((byte) 0x80);
        ByteBuffer unchanged = ByteBuffer.allocate(100);
        return Stream.of(
                many,
                headChanged.array(),
                lengthChanged.array(),
                secondChanged.array(),
                unchanged.array(),
                new byte[0]);
    }

    private static FrameMac mac() {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) 7);
        return FrameMac.of(key);
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "60s")
    void onlyWhatWasSealedIsTaken(byte[] bytes) {
        List<ByteBuffer> ofAStranger = Reading.of(bytes.length, Reading.FACTOR, () -> read(bytes));
        if (!ofAStranger.isEmpty()) {
            throw new AssertionError("a stranger's frame is taken");
        }
        if (bytes.length < EDIT_BYTES) {
            return;
        }
        ByteBuffer input = ByteBuffer.wrap(bytes);
        int where = input.getInt();
        byte change = input.get();
        List<byte[]> bodies = bodies(input);
        byte[] sealed = seal(bodies);
        int changedAt = sealed.length == 0 ? 0 : Integer.remainderUnsigned(where, sealed.length);
        if (sealed.length > 0) {
            sealed[changedAt] ^= change;
        }
        List<ByteBuffer> taken = read(sealed);
        int untouched = change == 0 ? bodies.size() : before(bodies, changedAt);
        if (taken.size() != untouched) {
            throw new AssertionError(
                    taken.size() + " frames are taken, not the " + untouched + " that were not changed");
        }
        for (int i = 0; i < untouched; i++) {
            if (!taken.get(i).equals(ByteBuffer.wrap(bodies.get(i)))) {
                throw new AssertionError("frame " + i + " is another one than was sealed");
            }
        }
    }

    private static List<byte[]> bodies(ByteBuffer from) {
        List<byte[]> bodies = new ArrayList<>();
        while (from.hasRemaining()) {
            int wanted = (from.get() & 0xFF) % BODY_BYTES_MAX;
            byte[] body = new byte[Math.min(wanted, from.remaining())];
            from.get(body);
            bodies.add(body);
        }
        return bodies;
    }

    private static byte[] seal(List<byte[]> bodies) {
        FrameMac mac = mac();
        int length = 0;
        for (byte[] body : bodies) {
            length += bytesAround() + body.length;
        }
        ByteBuffer sealed = ByteBuffer.allocate(length);
        for (byte[] body : bodies) {
            int from = sealed.position();
            MuxHeader.put(sealed, body.length, MuxHeader.POST, MuxHeader.ONEWAY, 0, 0);
            sealed.put(body);
            mac.seal(sealed, from);
        }
        return sealed.array();
    }

    private static int bytesAround() {
        return MuxHeader.BYTES + FrameMac.BYTES;
    }

    /** How many frames end before a position. */
    private static int before(List<byte[]> bodies, int position) {
        int frames = 0;
        int end = 0;
        for (byte[] body : bodies) {
            end += bytesAround() + body.length;
            frames += end <= position ? 1 : 0;
        }
        return frames;
    }

    /** The bodies up to the first breach, as a connection reads them. */
    private static List<ByteBuffer> read(byte[] bytes) {
        List<ByteBuffer> bodies = new ArrayList<>();
        FrameMac mac = mac();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            for (int length = MuxHeader.frameBytes(in); length > 0; length = MuxHeader.frameBytes(in)) {
                int at = in.position();
                in.limit(at + length).position(at + MuxHeader.BYTES);
                mac.open(in, at);
                bodies.add(in.slice());
                in.limit(bytes.length).position(at + length);
            }
        } catch (MuxException breach) {
            return bodies;
        }
        return bodies;
    }
}
