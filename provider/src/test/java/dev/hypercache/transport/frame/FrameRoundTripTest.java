package dev.hypercache.transport.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.core.message.Accept;
import dev.hypercache.core.message.Message;
import dev.hypercache.core.ring.MemberSet;
import dev.hypercache.spi.RingId;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written is what is read, for every kind of message. */
class FrameRoundTripTest {

    private static final int MESSAGES = 100;

    static Stream<Class<? extends Message>> kinds() {
        return kindsOf(Message.class).distinct(); // Some are requests and leaderless, too.
    }

    @SuppressWarnings("unchecked") // What a kind of message permits are messages.
    private static Stream<Class<? extends Message>> kindsOf(Class<? extends Message> kind) {
        if (!kind.isSealed()) {
            return Stream.of(kind);
        }
        return Arrays.stream(kind.getPermittedSubclasses()).flatMap(one -> kindsOf((Class<? extends Message>) one));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void messageIsReadAsItWasWritten(Class<? extends Message> kind) {
        RandomMessages messages = new RandomMessages(kind.getName().hashCode());
        for (int i = 0; i < MESSAGES; i++) {
            Message message = messages.next(kind);
            byte[] bytes = Frames.bytesOf(message);
            Message read = Frames.messageOf(bytes);
            assertThat(Described.of(read)).isEqualTo(Described.of(message));
            assertThat(Frames.bytesOf(read)).as("written again").isEqualTo(bytes);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void messageSharesNothingWithTheBufferItWasReadFrom(Class<? extends Message> kind) {
        RandomMessages messages = new RandomMessages(1);
        for (int i = 0; i < MESSAGES; i++) {
            Message message = messages.next(kind);
            byte[] bytes = Frames.bytesOf(message);
            Message read = Frames.messageOf(bytes);
            Arrays.fill(bytes, (byte) 0x5A);
            assertThat(Described.of(read)).isEqualTo(Described.of(message));
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void messagesDifferWhereTheirFramesDo(Class<? extends Message> kind) {
        Message one = new RandomMessages(1).next(kind);
        Message other = new RandomMessages(2).next(kind);
        assertThat(Described.of(one)).isNotEqualTo(Described.of(other));
        assertThat(Frames.bytesOf(one)).isNotEqualTo(Frames.bytesOf(other));
    }

    @Test
    void everyVerbHasItsOwnCodeOfOneByte() {
        assertThat(FrameSchema.verbs())
                .extracting(Verb::code)
                .doesNotHaveDuplicates()
                .allMatch(c -> c > 0 && c < 128);
        assertThat(FrameSchema.verbs().stream().<Class<?>>map(Verb::type))
                .containsExactlyInAnyOrderElementsOf(kinds().toList());
    }

    @Test
    void messageIsReadOnlyIfItIsMeant() {
        Message message = new RandomMessages(3).next(Accept.class);
        UUID ring = new UUID(-5, 7);
        Envelope meant = new Envelope(new RingId(ring, 9), 1, MemberSet.SHORT_ID_MAX);
        byte[] bytes = Frames.bytesOf(new FrameWriter().frameOf(meant, message));

        assertThat(Described.of(Frames.messageOf(bytes, meant))).isEqualTo(Described.of(message));
        for (Envelope other : List.of(
                new Envelope(new RingId(ring, 9), 2, MemberSet.SHORT_ID_MAX),
                new Envelope(new RingId(ring, 9), 1, MemberSet.SHORT_ID_MAX - 1),
                new Envelope(new RingId(ring, 9), MemberSet.SHORT_ID_MAX, 1),
                new Envelope(new RingId(ring, 8), 1, MemberSet.SHORT_ID_MAX),
                new Envelope(new RingId(new UUID(-4, 7), 9), 1, MemberSet.SHORT_ID_MAX),
                new Envelope(new RingId(new UUID(-5, 6), 9), 1, MemberSet.SHORT_ID_MAX))) {
            assertThat(Frames.messageOf(bytes, other)).as("meant is %s", other).isNull();
        }
    }

    @Test
    void messageThatIsNotMeantIsNotReadBehindItsHeader() {
        byte[] bytes = Frames.bytesOf(new RandomMessages(3).next(Accept.class));
        Envelope meant = Frames.ENVELOPE;
        Envelope turned = new Envelope(meant.ring(), meant.receiver(), meant.sender());

        assertThat(Frames.messageOf(Arrays.copyOf(bytes, FrameSchema.HEADER_BYTES), turned))
                .isNull();
    }

    @Test
    void readingLeavesTheBufferAsItWas() {
        Message message = new RandomMessages(3).next(Accept.class);
        byte[] bytes = Frames.bytesOf(message);
        ByteBuffer inTheMiddle = ByteBuffer.allocate(bytes.length + 20).order(ByteOrder.LITTLE_ENDIAN);
        inTheMiddle.position(7).put(bytes).limit(7 + bytes.length).position(7);

        Message read = new BundleSource(inTheMiddle).next(Frames.ENVELOPE);
        assertThat(Described.of(read)).isEqualTo(Described.of(message));
        assertThat(inTheMiddle.position()).isEqualTo(7);
        assertThat(inTheMiddle.limit()).isEqualTo(7 + bytes.length);
        assertThat(inTheMiddle.order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
    }
}
