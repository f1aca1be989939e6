package dev.hypercache.transport.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypercache.core.message.Confirm;
import dev.hypercache.core.message.Execute;
import dev.hypercache.core.message.Message;
import dev.hypercache.core.message.RequestHead;
import dev.hypercache.core.op.EntryOp;
import dev.hypercache.core.op.Put;
import dev.hypercache.core.op.Remove;
import dev.hypercache.core.record.ExpiryRule;
import dev.hypercache.core.record.ValueBytes;
import dev.hypercache.core.ring.KeyBytes;
import dev.hypercache.spi.transport.Frame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Messages that leave together, and arrive so. */
final class FrameBundleTest {

    private static final Message SMALL = new Confirm(1, 2, 3, 0, 4);
    private static final int LARGE_BYTES = FrameSink.UNCOPIED_BYTES_MIN;

    private final FrameWriter writer = new FrameWriter();
    private final List<Frame> left = new ArrayList<>();

    private BundleSink bundle() {
        return writer.bundle(Frames.ENVELOPE, left::add);
    }

    private static Message put(int valueBytes) {
        byte[] value = new byte[valueBytes];
        Arrays.fill(value, (byte) valueBytes);
        return execute(new Put(KeyBytes.of(7, new byte[] {1, 2}), ValueBytes.of(value), ExpiryRule.NEVER));
    }

    private static Message execute(EntryOp op) {
        return new Execute(1, new RequestHead(1, null, 0, 1, 1, false, 1000), 7, op, false, null);
    }

    /** The layout as the documentation has it. */
    private static byte[] byHand(List<Message> messages) {
        List<byte[]> frames = messages.stream().map(Frames::bytesOf).toList();
        ByteBuffer bundle = ByteBuffer.allocate(
                1 + frames.stream().mapToInt(frame -> 4 + frame.length).sum());
        bundle.put((byte) 0);
        frames.forEach(frame -> bundle.putInt(frame.length).put(frame));
        return bundle.array();
    }

    private static List<String> read(byte[] wire) {
        return Frames.messagesOf(ByteBuffer.wrap(wire)).stream()
                .map(Described::of)
                .toList();
    }

    private void assertLeavesAsOne(List<Message> messages) {
        left.clear();
        BundleSink bundle = bundle();
        for (Message message : messages) {
            assertThat(bundle.add(message)).isEqualTo(Frames.bytesOf(message).length);
        }
        assertThat(left).isEmpty();
        bundle.leave();

        assertThat(left).hasSize(1);
        byte[] wire = Frames.bytesOf(left.get(0));
        assertThat(wire).isEqualTo(byHand(messages));
        assertThat(read(wire)).isEqualTo(messages.stream().map(Described::of).toList());
    }

    @Test
    void messagesOfAllKindsLeaveAsOneFrameAndComeOutAsTheyWentIn() {
        RandomMessages random = new RandomMessages(5);
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            FrameRoundTripTest.kinds().forEach(kind -> messages.add(random.next(kind)));
        }
        assertLeavesAsOne(messages);
        assertLeavesAsOne(messages.subList(7, 9)); // The pages of before are written again.
    }

    @Test
    void largeValuesStandWhereTheyBelong() {
        int page = ThreadPages.PAGE_BYTES;
        assertLeavesAsOne(List.of(put(LARGE_BYTES), SMALL));
        assertLeavesAsOne(List.of(SMALL, put(LARGE_BYTES)));
        assertLeavesAsOne(List.of(put(100_000), put(LARGE_BYTES - 1), put(LARGE_BYTES), put(page), SMALL, put(9_999)));
    }

    @Test
    void messageAloneLeavesAsItsFrame() {
        for (Message message : List.of(SMALL, put(LARGE_BYTES - 1), put(LARGE_BYTES), put(100_000))) {
            left.clear();
            BundleSink bundle = bundle();
            bundle.add(message);
            bundle.leave();
            assertThat(left).hasSize(1);
            assertThat(left.get(0)).isEqualTo(writer.frameOf(Frames.ENVELOPE, message));
        }
        assertThat(left.get(0).value().length())
                .as("bytes that were not copied")
                .isEqualTo(100_000);
    }

    @Test
    void whatHasNoRoomLeavesInTheNextFrame() {
        Message half = put(BundleSink.BYTES_MAX / 2);
        BundleSink bundle = bundle();
        bundle.add(SMALL);
        bundle.add(half);
        bundle.add(half);
        assertThat(left).hasSize(1);
        bundle.add(put(BundleSink.BYTES_MAX));
        bundle.add(SMALL);
        bundle.add(SMALL);
        bundle.leave();

        assertThat(left).hasSize(4);
        assertThat(Frames.bytesOf(left.get(0))).isEqualTo(byHand(List.of(SMALL, half)));
        assertThat(left.get(1)).isEqualTo(writer.frameOf(Frames.ENVELOPE, half));
        assertThat(left.get(2)).isEqualTo(writer.frameOf(Frames.ENVELOPE, put(BundleSink.BYTES_MAX)));
        assertThat(Frames.bytesOf(left.get(3))).isEqualTo(byHand(List.of(SMALL, SMALL)));
    }

    @Test
    void bundleHasUpToItsBoundOfBytes() {
        int restOfBoth = byHand(List.of(put(LARGE_BYTES), SMALL)).length - LARGE_BYTES;
        for (int beyond = 0; beyond < 2; beyond++) {
            left.clear();
            BundleSink bundle = bundle();
            // A length of three bytes instead of two stands in front of the value.
            bundle.add(put(BundleSink.BYTES_MAX - restOfBoth - 1 + beyond));
            bundle.add(SMALL);
            bundle.leave();
            assertThat(left).hasSize(1 + beyond);
        }
        assertThat(left.get(0).length()).isEqualTo(BundleSink.BYTES_MAX - byHand(List.of(SMALL)).length + 1 - 4);
    }

    @Test
    void messageThatCannotBeWrittenLeavesNoTrace() {
        BundleSink bundle = bundle();
        bundle.add(SMALL);
        assertThatThrownBy(() -> bundle.add(execute(new Remove("key")))).isInstanceOf(IllegalArgumentException.class);
        bundle.add(put(10));
        bundle.leave();
        assertThat(Frames.bytesOf(left.get(0))).isEqualTo(byHand(List.of(SMALL, put(10))));
    }

    @Test
    void nothingGatheredIsNothingSent() {
        bundle().leave();
        assertThat(left).isEmpty();
    }

    @Test
    void bundlesThatAreWrittenInTurnsDoNotMix() {
        BundleSink one = bundle();
        BundleSink other = bundle();
        for (int i = 0; i < 100; i++) {
            one.add(put(2 * i));
            other.add(put(2 * i + 1));
        }
        Frame between = writer.frameOf(Frames.ENVELOPE, SMALL);
        one.leave();
        other.leave();

        assertThat(Frames.bytesOf(between)).isEqualTo(Frames.bytesOf(SMALL));
        for (int side = 0; side < 2; side++) {
            List<Message> sent = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                sent.add(put(2 * i + side));
            }
            assertThat(Frames.bytesOf(left.get(side))).isEqualTo(byHand(sent));
        }
    }

    @Test
    void frameThatCannotBeReadDoesNotStandInTheWayOfThoseBehindIt() {
        byte[] wire = byHand(List.of(SMALL, SMALL, SMALL));
        int frameBytes = 4 + Frames.bytesOf(SMALL).length;
        wire[1 + frameBytes + 4] = 99; // The version of the second.
        BundleSource source = new BundleSource(ByteBuffer.wrap(wire));

        assertThat(source.count()).isEqualTo(3);
        assertThat(Described.of(source.next(Frames.ENVELOPE))).isEqualTo(Described.of(SMALL));
        assertThatThrownBy(() -> source.next(Frames.ENVELOPE))
                .isInstanceOf(FrameException.class)
                .hasMessageContaining("version 99")
                .hasMessageContaining("before byte 1)");
        assertThat(Described.of(source.next(Frames.ENVELOPE))).isEqualTo(Described.of(SMALL));
    }

    @Test
    void frameDoesNotReachIntoTheNextOne() {
        byte[] one = Frames.bytesOf(put(30));
        for (int length : new int[] {one.length - 1, one.length + 1}) {
            ByteBuffer wire =
                    ByteBuffer.allocate(1 + 4 + length + 4 + one.length).put((byte) 0);
            wire.putInt(length)
                    .put(Arrays.copyOf(one, length))
                    .putInt(one.length)
                    .put(one);
            BundleSource source = new BundleSource(wire.flip());
            assertThatThrownBy(() -> source.next(Frames.ENVELOPE)).isInstanceOf(FrameException.class);
            assertThat(source.next(Frames.ENVELOPE)).isNotNull();
        }
    }

    @Test
    void lengthThatDoesNotFitIsRefused() {
        for (byte[] hostile : List.of(
                new byte[] {0, 0, 0},
                new byte[] {0, 0, 0, 0, 0},
                new byte[] {0, 0, 0, 0, 2, 1},
                new byte[] {0, 0, 0, 0, 1, 1, 0},
                new byte[] {0, -1, -1, -1, -1, 1},
                new byte[] {0, 127, -1, -1, -1, 1},
                new byte[] {0, 0, 0, 0, 1, 0})) {
            assertThatThrownBy(() -> new BundleSource(ByteBuffer.wrap(hostile))).isInstanceOf(FrameException.class);
        }
    }
}
