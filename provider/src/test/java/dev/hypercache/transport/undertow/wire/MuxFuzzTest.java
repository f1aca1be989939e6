package dev.hypercache.transport.undertow.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.hypercache.fuzz.Reading;
import dev.hypercache.spi.Payload;
import dev.hypercache.spi.transport.Frame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any bytes as what a peer sends once the connection speaks frames: cut, put together, decompressed and read as greetings the
 * way a connection does it, they mean what they say when written again, or break the protocol.
 */
final class MuxFuzzTest {

    private static final int MESSAGE_BYTES_MAX = 1 << 20;
    private static final LzBlock LZ4 = new LzBlock();

    /** A compressed message may become 255 times as long. */
    private static final int FACTOR = 4 * 255;

    static Stream<byte[]> seeds() throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        GoldenMuxTest.goldens("hello.txt").forEach(golden -> seeds.add(golden.frame()));
        GoldenMuxTest.goldens("headers.txt").forEach(golden -> seeds.add(golden.frame()));
        Frame text = Frame.of(new Payload(
                ByteBuffer.wrap("a text that repeats itself, ".repeat(9).getBytes(US_ASCII))));
        ByteBuffer block = LZ4.compress(text);
        if (block == null) {
            throw new AssertionError("a text that repeats itself is compressed");
        }
        seeds.add(frame(MuxHeader.POST, MuxHeader.COMPRESSED, block));
        byte[] first = frame(MuxHeader.POST, MuxHeader.MORE, ByteBuffer.wrap(new byte[] {0, 0, 0, 5, 1, 2, 3}));
        byte[] last = frame(MuxHeader.POST, 0, ByteBuffer.wrap(new byte[] {4, 5}));
        seeds.add(ByteBuffer.allocate(first.length + last.length)
                .put(first)
                .put(last)
                .array());
        Refusal refusal = new Refusal(Refusal.CLUSTER, "another cluster");
        seeds.add(frame(MuxHeader.HELLO, MuxHeader.RESPONSE | MuxHeader.ERROR, refusal.encode()));
        return seeds.stream();
    }

    private static byte[] frame(int opcode, int flags, ByteBuffer body) {
        ByteBuffer frame = ByteBuffer.allocate(MuxHeader.BYTES + body.remaining());
        MuxHeader.put(frame, body.remaining(), opcode, flags, 0, 7);
        return frame.put(body).array();
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "60s")
    void bytesAreFramesOrBreakTheProtocol(byte[] bytes) {
        List<ByteBuffer> messages = Reading.of(bytes.length, FACTOR, () -> read(bytes));
        for (ByteBuffer message : messages) {
            if (message.remaining() > MESSAGE_BYTES_MAX) {
                throw new AssertionError("a message of " + message.remaining() + " bytes");
            }
        }
    }

    /** The messages up to the first breach. */
    private static List<ByteBuffer> read(byte[] bytes) {
        List<ByteBuffer> messages = new ArrayList<>();
        Assembly assembly = new Assembly(MESSAGE_BYTES_MAX);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            for (int length = MuxHeader.frameBytes(in); length > 0; length = MuxHeader.frameBytes(in)) {
                int at = in.position();
                ByteBuffer body = in.slice(at + MuxHeader.BYTES, length - MuxHeader.BYTES);
                int opcode = MuxHeader.opcode(in, at);
                int flags = MuxHeader.flags(in, at);
                if (opcode == MuxHeader.HELLO) {
                    readGreeting(flags, MuxHeader.status(in, at), body);
                } else {
                    ByteBuffer message = assembled(assembly, opcode, flags, MuxHeader.id(in, at), body);
                    if (message != null) {
                        messages.add((flags & MuxHeader.COMPRESSED) == 0 ? message : decompressed(message));
                    }
                }
                in.position(at + length);
            }
        } catch (MuxException breach) {
            return messages;
        }
        return messages;
    }

    private static void readGreeting(int flags, int status, ByteBuffer body) throws MuxException {
        if ((flags & MuxHeader.ERROR) != 0) {
            Refusal refusal = Refusal.decode(status, body);
            if (refusal.reason().chars().anyMatch(Character::isISOControl)) {
                throw new AssertionError("a reason for the log has control characters");
            }
            return;
        }
        Hello hello = Hello.decode(body);
        if (!Hello.decode(hello.encode()).equals(hello)) {
            throw new AssertionError("written again the greeting is another one: " + hello);
        }
    }

    private static @Nullable ByteBuffer assembled(Assembly assembly, int opcode, int flags, long id, ByteBuffer body)
            throws MuxException {
        boolean more = (flags & MuxHeader.MORE) != 0;
        if (assembly.isUnderWay()) {
            return assembly.add(opcode, id, body, !more);
        }
        if (!more) {
            return body;
        }
        assembly.begin(opcode, id, body);
        return null;
    }

    private static ByteBuffer decompressed(ByteBuffer block) throws MuxException {
        ByteBuffer message = LZ4.decompress(block, MESSAGE_BYTES_MAX);
        ByteBuffer again = LZ4.compress(Frame.of(new Payload(message.duplicate())));
        if (again != null && !LZ4.decompress(again, MESSAGE_BYTES_MAX).equals(message)) {
            throw new AssertionError("compressed again the message is another one");
        }
        return message;
    }
}
