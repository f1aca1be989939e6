package dev.hypercache.transport.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.hypercache.core.message.Accept;
import dev.hypercache.core.message.AskRecords;
import dev.hypercache.core.message.Confirm;
import dev.hypercache.core.message.Execute;
import dev.hypercache.core.message.Message;
import dev.hypercache.core.message.RecordPage;
import dev.hypercache.core.message.VersionPage;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the bytes: a message, or a {@link FrameException} that names what is wrong. */
class HostileFramesTest {

    private static final long SEED = Long.getLong("hypercache.sim.seed", 4711L);
    private static final int VALUES_AT = FrameSchema.HEADER_BYTES - 4;

    static Stream<Class<? extends Message>> kinds() {
        return FrameRoundTripTest.kinds();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void frameCutShortAnywhereIsRefused(Class<? extends Message> kind) {
        RandomMessages messages = RandomMessages.small(SEED);
        for (int i = 0; i < 5; i++) {
            byte[] bytes = Frames.bytesOf(messages.next(kind));
            for (int length = 0; length < bytes.length; length++) {
                assertThat(readOrRefuse(Arrays.copyOf(bytes, length)))
                        .as("%d of %d bytes read", length, bytes.length)
                        .isFalse();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void frameWithFieldsCutShortIsRefused(Class<? extends Message> kind) {
        RandomMessages messages = RandomMessages.small(SEED);
        for (int i = 0; i < 5; i++) {
            byte[] bytes = Frames.bytesOf(messages.next(kind));
            int valuesAt = ByteBuffer.wrap(bytes).getInt(VALUES_AT);
            for (int end = FrameSchema.HEADER_BYTES; end < valuesAt; end++) {
                byte[] cut = bytes.clone();
                ByteBuffer.wrap(cut).putInt(VALUES_AT, end);
                assertThat(readOrRefuse(cut)).as("fields end at %d", end).isFalse();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void frameWithBytesLeftOverIsRefused(Class<? extends Message> kind) {
        byte[] bytes = Frames.bytesOf(new RandomMessages(SEED).next(kind));
        assertThatThrownBy(() -> Frames.messageOf(Arrays.copyOf(bytes, bytes.length + 1)))
                .isInstanceOf(FrameException.class)
                .hasMessageContaining("left over");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void frameWithWrongBytesIsRefusedOrIsAnotherMessage(Class<? extends Message> kind) {
        SplittableRandom random = new SplittableRandom(SEED);
        RandomMessages messages = new RandomMessages(SEED);
        for (int i = 0; i < 600; i++) {
            byte[] bytes = Frames.bytesOf(messages.next(kind));
            for (int wrong = random.nextInt(1, 4); wrong > 0; wrong--) {
                bytes[random.nextInt(FrameSchema.HEADER_BYTES, bytes.length)] = (byte) random.nextInt();
            }
            readOrRefuse(bytes);
        }
    }

    /** Each message has one form: what is read at all is written as the very bytes that were read. */
    private static boolean readOrRefuse(byte[] bytes) {
        Message read;
        try {
            read = Frames.messageOf(bytes, Frames.ENVELOPE);
        } catch (FrameException refused) {
            assertThat(refused).hasMessageStartingWith("frame refused: ");
            return false;
        }
        if (read == null) {
            return false;
        }
        assertThat(Frames.bytesOf(read)).isEqualTo(bytes);
        return true;
    }

    @Test
    void randomFieldsAreRefusedOrAreAMessage() {
        SplittableRandom random = new SplittableRandom(SEED);
        byte[] header = Arrays.copyOf(Frames.bytesOf(new Confirm(1, 2, 3, 0, 4)), FrameSchema.HEADER_BYTES);
        int[] codes = FrameSchema.verbs().stream().mapToInt(Verb::code).toArray();
        int read = 0;
        for (int i = 0; i < 50_000; i++) {
            byte[] bytes = new byte[FrameSchema.HEADER_BYTES + random.nextInt(200)];
            random.nextBytes(bytes);
            System.arraycopy(header, 0, bytes, 0, header.length);
            bytes[1] = (byte) codes[random.nextInt(codes.length)];
            ByteBuffer.wrap(bytes).putInt(VALUES_AT, random.nextInt(FrameSchema.HEADER_BYTES, bytes.length + 1));
            read += readOrRefuse(bytes) ? 1 : 0;
        }
        assertThat(read).as("messages among random bytes").isLessThan(2_000);
    }

    @Test
    void randomBytesAreRefused() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < 50_000; i++) {
            byte[] bytes = new byte[random.nextInt(120)];
            random.nextBytes(bytes);
            assertThat(readOrRefuse(bytes)).isFalse();
        }
    }

    @Test
    void otherVersionIsRefusedByItsNumber() {
        assertRefused(new Confirm(1, 2, 3, 0, 4), frame -> frame.put(0, (byte) 2), "version 2 of the layout");
    }

    @Test
    void headerOutOfRangeIsRefusedByName() {
        Message confirm = new Confirm(1, 2, 3, 0, 4);
        assertRefused(confirm, frame -> frame.put(1, (byte) 127), "verb 127 is unknown");
        assertRefused(confirm, frame -> frame.putShort(2, (short) 4096), "slot 4096");
        assertRefused(confirm, frame -> frame.putShort(4, (short) 4096), "sender is 4096");
        assertRefused(confirm, frame -> frame.putShort(6, (short) -1), "receiver is 65535");
        assertRefused(confirm, frame -> frame.putLong(24, 0), "generation is 0");
        assertRefused(confirm, frame -> frame.putInt(VALUES_AT, -1), "values begin at byte -1");
        assertRefused(confirm, frame -> frame.putInt(VALUES_AT, 35), "values begin at byte 35");
        assertRefused(confirm, frame -> frame.putInt(VALUES_AT, 1 << 30), "values begin at byte 1073741824");
        assertRefused(confirm, frame -> frame.putLong(FrameSchema.HEADER_BYTES, -1), "ballot is negative");
    }

    @Test
    void pageBeyondItsAnswerIsRefused() {
        VersionPage page = new RandomMessages(SEED).next(VersionPage.class);
        int field = FrameSchema.HEADER_BYTES + 20;
        assertRefused(page, frame -> frame.putInt(field, page.pages()), "pages is " + page.pages());
        assertRefused(page, frame -> frame.putInt(field, -1), "page is -1");
        assertRefused(page, frame -> frame.putInt(field + 4, Integer.MAX_VALUE), "pages is 2147483647");
    }

    private static void assertRefused(Message message, Consumer<ByteBuffer> damage, String wrong) {
        byte[] bytes = Frames.bytesOf(message);
        damage.accept(ByteBuffer.wrap(bytes));
        assertThatThrownBy(() -> Frames.messageOf(bytes))
                .isInstanceOf(FrameException.class)
                .hasMessageContaining(wrong);
    }

    @Test
    void countBeyondTheFrameIsRefusedAndAllocatesNothing() {
        // In each a count follows the ballot or the head; 0x7FFFFFFF takes five bytes.
        byte[] most = {-1, -1, -1, -1, 7};
        assertRefusedCheaply(fields(AskRecords.class, new byte[8], most), "names");
        assertRefusedCheaply(fields(RecordPage.class, new byte[8], most), "entries");
        assertRefusedCheaply(fields(VersionPage.class, new byte[27], new byte[] {1}, most), "versions");
        assertRefusedCheaply(fields(Accept.class, new byte[12], most), "key");
        byte[] recordOfValue = new byte[12 + 1 + 17];
        recordOfValue[13] = 1;
        assertRefusedCheaply(fields(Accept.class, recordOfValue, new byte[] {-2, -1, -1, -1, 7}), "value of record");
        assertRefusedCheaply(fields(Accept.class, new byte[30], most), "mutations of lineage");
        assertRefusedCheaply(fields(Accept.class, new byte[31], most), "marks of lineage");
        assertRefusedCheaply(fields(Accept.class, new byte[33], most), "clears");
        assertRefusedCheaply(fields(Accept.class, new byte[33], new byte[] {1}, new byte[39], most), "keys of clear");
        assertRefusedCheaply(fields(Execute.class, new byte[38], new byte[] {6}, most), "key");
    }

    @Test
    void referenceToAValueThatIsNotThereIsRefused() {
        byte[] recordOfValue = new byte[12 + 1 + 17];
        recordOfValue[13] = 1;
        for (byte distance : new byte[] {0, 1, 2, 63}) {
            byte[] mention = {(byte) (distance << 1 | 1)};
            assertRefusedCheaply(fields(Accept.class, recordOfValue, mention), "refers " + distance + " values back");
        }
    }

    @Test
    void referenceReachesOnlySoFarBack() {
        byte[] mentions =
                new byte[FrameSink.REFERENCE_MAX + 3]; // That many empty values and one more, then a reference.
        mentions[mentions.length - 2] = -127;
        mentions[mentions.length - 1] = 2;
        FrameSource in = new FrameSource(ByteBuffer.wrap(mentions));
        for (int i = 0; i <= FrameSink.REFERENCE_MAX; i++) {
            in.readValue("value");
        }
        assertThatThrownBy(() -> in.readValue("value"))
                .isInstanceOf(FrameException.class)
                .hasMessageContaining("refers 128 values back");
    }

    @Test
    void listBeyondItsBoundIsRefusedThoughItsBytesAreThere() {
        assertRefusedCheaply(
                fields(AskRecords.class, new byte[8], new byte[] {65}, new byte[65 * 5]), "65 names; at most 64");
    }

    @Test
    void expiryThatSaysNeverIsRefused() {
        byte[] fields = new byte[12 + 1 + 25];
        fields[13] = 2;
        ByteBuffer.wrap(fields).putLong(30, Long.MAX_VALUE);
        assertRefusedCheaply(fields(Accept.class, fields), "expiry of record says never");
    }

    @Test
    void countWithNeedlessBytesIsRefused() {
        assertRefusedCheaply(fields(AskRecords.class, new byte[8], new byte[] {-128, 0}), "names is malformed");
        assertRefusedCheaply(
                fields(AskRecords.class, new byte[8], new byte[] {-1, -1, -1, -1, 8}), "names is malformed");
        assertRefusedCheaply(
                fields(AskRecords.class, new byte[8], new byte[] {-1, -1, -1, -1, -1}), "names is malformed");
    }

    /** A frame with these fields and 1,000 bytes of values, which no field mentions. */
    private static byte[] fields(Class<? extends Message> kind, byte[]... parts) {
        byte[] header = Arrays.copyOf(Frames.bytesOf(new RandomMessages(SEED).next(kind)), FrameSchema.HEADER_BYTES);
        ByteBuffer frame = ByteBuffer.allocate(2_000).put(header);
        for (byte[] part : parts) {
            frame.put(part);
        }
        return frame.putInt(VALUES_AT, frame.position()).array();
    }

    private static void assertRefusedCheaply(byte[] bytes, String field) {
        assertThatThrownBy(() -> Frames.messageOf(bytes))
                .isInstanceOf(FrameException.class)
                .hasMessageContaining(field);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        try {
            Frames.messageOf(bytes);
        } catch (FrameException expected) {
            long allocated =
                    threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
            assertThat(allocated).as("bytes allocated to refuse " + field).isLessThan(100_000);
        }
    }
}
