package dev.hypercache.transport.frame;

import static java.util.Objects.requireNonNull;

import dev.hypercache.core.message.Message;
import dev.hypercache.core.ring.SlotSpace;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
final class FrameSchema {

    /** The version of the layout. */
    static final int VERSION = 1;

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
                        FeedVerbs.all(),
                        StatisticsVerbs.all(),
                        RepairVerbs.all(),
                        TopologyVerbs.all(),
                        GossipVerbs.all())
                .flatMap(List::stream)
                .toList();
    }

    /**
     * Writes a message; nothing else stands in the sink then.
     *
     * @throws IllegalArgumentException if a key or value in the message is not of a ring, if a list is longer than its bound,
     *     or if the frame would be longer than any transport takes
     */
    static void write(Envelope envelope, Message message, FrameSink out) {
        requireNonNull(envelope, "envelope");
        Verb<?> verb = VERBS_BY_TYPE.get(message.getClass());
        if (verb == null) {
            throw new IllegalArgumentException("no verb for " + message.getClass());
        }
        if (message.slot() < 0 || message.slot() >= SlotSpace.SLOTS_MAX) {
            throw new IllegalArgumentException("slot " + message.slot() + " of at most " + SlotSpace.SLOTS_MAX);
        }
        out.begin();
        out.writeByte(VERSION);
        out.writeByte(verb.code());
        out.writeShort(message.slot());
        EnvelopeLayout.write(envelope, out);
        out.writeInt(0); // Where the values begin is known at the end.
        verb.write(message, out);
        out.end(VALUES_AT_FIELD);
    }

    /**
     * Reads the message of a frame if it is meant so.
     *
     * @param meant who has to have sent it to whom
     * @return null if the frame says otherwise; then nothing more of it was read
     * @throws FrameException if the frame is not exactly one message
     */
    static @Nullable Message read(FrameSource in, Envelope meant) {
        int version = in.readByte("version");
        if (version != VERSION) {
            throw in.refusal("version " + version + " of the layout; this node reads version " + VERSION);
        }
        int code = in.readByte("verb");
        int slot = in.readShort("slot");
        if (slot >= SlotSpace.SLOTS_MAX) {
            throw in.refusal("slot " + slot + " of at most " + SlotSpace.SLOTS_MAX);
        }
        boolean isMeant = EnvelopeLayout.readIs(meant, in);
        int valuesAt = in.readInt("place of the values");
        if (!isMeant) {
            return null;
        }
        Verb<?> verb = VERBS_BY_CODE.get(code);
        if (verb == null) {
            throw in.refusal("verb " + code + " is unknown to version " + VERSION + " of the layout");
        }
        in.splitAt(valuesAt);
        try {
            Message message = verb.reader().read(slot, in);
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
}
