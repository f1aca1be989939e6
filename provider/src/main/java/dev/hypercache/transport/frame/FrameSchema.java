package dev.hypercache.transport.frame;

import static java.util.Objects.requireNonNull;

import dev.hypercache.core.message.Message;
import dev.hypercache.core.ring.SlotSpace;
import dev.hypercache.spi.RingId;
import dev.hypercache.spi.transport.Frame;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Messages as frames, and back.
 *
 * <p>A frame is a header of {@value #HEADER_BYTES} bytes, the fields of its message in the order of the record's
 * components, and the values (see {@link FrameSink}). Numbers are big-endian and of fixed width; only what has a length of
 * its own has a count in front, in as few bytes as it takes. There is no self-description: the layout has one version, in
 * the first byte, and a node reads the versions that it knows and refuses all others by name. Self-describing formats
 * (JSON, MessagePack) take eight to fifty times as long for a small message.
 *
 * <p>Reading never trusts: whatever the bytes, it gives a message or a {@link FrameException}, in time and memory bounded by
 * the length of the frame. Which message is acceptable from whom is not decided here.
 */
public final class FrameSchema {

    /** The version of the layout. */
    public static final int VERSION = 1;

    /** The bytes before a message's own fields. */
    static final int HEADER_BYTES = 36;

    private static final int VALUES_AT_FIELD = HEADER_BYTES - Integer.BYTES;

    private static final Map<Class<?>, Verb<?>> VERBS_BY_TYPE = byType();
    private static final Map<Integer, Verb<?>> VERBS_BY_CODE = byCode();

    private FrameSchema() {}

    /** Every verb of the layout. */
    static List<Verb<?>> verbs() {
        return Stream.of(
                        LeadershipVerbs.all(),
                        ReplicationVerbs.all(),
                        RequestVerbs.all(),
                        DigestVerbs.all(),
                        HoldVerbs.all(),
                        LeaderlessVerbs.all(),
                        HolderVerbs.all(),
                        CacheVerbs.all(),
                        RepairVerbs.all())
                .flatMap(List::stream)
                .toList();
    }

    /**
     * Writes a message.
     *
     * @return its frame; a large value in it is not copied
     * @throws IllegalArgumentException if a key or value in the message is not of a ring, if a list is longer than its bound,
     *     or if the frame would be longer than any transport takes
     */
    public static Frame frameOf(Envelope envelope, Message message) {
        requireNonNull(envelope, "envelope");
        Verb<?> verb = VERBS_BY_TYPE.get(message.getClass());
        if (verb == null) {
            throw new IllegalArgumentException("no verb for " + message.getClass());
        }
        if (message.slot() < 0 || message.slot() >= SlotSpace.SLOTS_MAX) {
            throw new IllegalArgumentException("slot " + message.slot() + " of at most " + SlotSpace.SLOTS_MAX);
        }
        UUID ring = envelope.ring().id();
        FrameSink out = new FrameSink();
        out.writeByte(VERSION);
        out.writeByte(verb.code());
        out.writeShort(message.slot());
        out.writeShort(envelope.sender());
        out.writeShort(envelope.receiver());
        out.writeLong(ring.getMostSignificantBits());
        out.writeLong(ring.getLeastSignificantBits());
        out.writeLong(envelope.ring().generation());
        out.writeInt(0); // Where the values begin is known at the end.
        verb.write(message, out);
        return out.toFrame(VALUES_AT_FIELD);
    }

    /**
     * Reads who sent a frame to whom, so that a receiver can drop what is not meant for it without reading on.
     *
     * @param frame its bytes from position to limit, left as they are
     * @throws FrameException if the header cannot be read
     */
    static Envelope envelopeOf(ByteBuffer frame) {
        return Header.read(new FrameSource(frame)).envelope();
    }

    /**
     * Reads a message.
     *
     * @param frame its bytes from position to limit, left as they are; the message shares nothing with them
     * @throws FrameException if they are not exactly one message
     */
    public static Message messageOf(ByteBuffer frame) {
        FrameSource in = new FrameSource(frame);
        return messageOf(in, Header.read(in));
    }

    /**
     * Reads a message if it is meant so.
     *
     * @param frame its bytes from position to limit, left as they are; the message shares nothing with them
     * @param meant who has to have sent it to whom
     * @return null if it says otherwise; then nothing more of it was read
     * @throws FrameException if they are not exactly one message
     */
    public static @Nullable Message messageOf(ByteBuffer frame, Envelope meant) {
        FrameSource in = new FrameSource(frame);
        Header header = Header.read(in);
        return header.envelope().equals(meant) ? messageOf(in, header) : null;
    }

    private static Message messageOf(FrameSource in, Header header) {
        Verb<?> verb = VERBS_BY_CODE.get(header.verb());
        if (verb == null) {
            throw in.refusal("verb " + header.verb() + " is unknown to version " + VERSION + " of the layout");
        }
        in.splitAt(header.valuesAt());
        try {
            Message message = verb.reader().read(header.slot(), in);
            in.requireEnd();
            return message;
        } catch (IllegalArgumentException refused) {
            // A value class refused what no field check had caught; its message names the part.
            throw in.refusal(String.valueOf(refused.getMessage()));
        }
    }

    private static Map<Class<?>, Verb<?>> byType() {
        Map<Class<?>, Verb<?>> verbs = new HashMap<>();
        verbs().forEach(verb -> verbs.put(verb.type(), verb));
        return Map.copyOf(verbs);
    }

    private static Map<Integer, Verb<?>> byCode() {
        Map<Integer, Verb<?>> verbs = new HashMap<>();
        verbs().forEach(verb -> verbs.put(verb.code(), verb));
        return Map.copyOf(verbs);
    }

    /** What stands before a message's own fields. */
    private record Header(int verb, int slot, Envelope envelope, int valuesAt) {

        static Header read(FrameSource in) {
            int version = in.readByte("version");
            if (version != VERSION) {
                throw in.refusal("version " + version + " of the layout; this node reads version " + VERSION);
            }
            int verb = in.readByte("verb");
            int slot = in.readShort("slot");
            if (slot >= SlotSpace.SLOTS_MAX) {
                throw in.refusal("slot " + slot + " of at most " + SlotSpace.SLOTS_MAX);
            }
            int sender = in.readShort("sender");
            int receiver = in.readShort("receiver");
            UUID ring = new UUID(in.readLong("ring"), in.readLong("ring"));
            long generation = in.readLong("generation");
            int valuesAt = in.readInt("place of the values");
            try {
                return new Header(verb, slot, new Envelope(new RingId(ring, generation), sender, receiver), valuesAt);
            } catch (IllegalArgumentException outOfRange) {
                throw in.refusal(String.valueOf(outOfRange.getMessage()));
            }
        }
    }
}
