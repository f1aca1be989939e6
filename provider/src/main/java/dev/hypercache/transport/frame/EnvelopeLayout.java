package dev.hypercache.transport.frame;

import dev.hypercache.spi.RingId;
import java.util.UUID;

/** Who sends a message to whom, in which ring. */
final class EnvelopeLayout {

    private EnvelopeLayout() {}

    static void write(Envelope envelope, FrameSink out) {
        UUID ring = envelope.ring().id();
        out.writeShort(envelope.sender());
        out.writeShort(envelope.receiver());
        out.writeLong(ring.getMostSignificantBits());
        out.writeLong(ring.getLeastSignificantBits());
        out.writeLong(envelope.ring().generation());
    }

    /**
     * Reads an envelope and tells whether it is the one that is meant, as it nearly always is: then no object is made.
     *
     * @throws FrameException if it is none that anybody could mean
     */
    static boolean readIs(Envelope meant, FrameSource in) {
        int sender = in.readShort("sender");
        int receiver = in.readShort("receiver");
        long ringHigh = in.readLong("ring");
        long ringLow = in.readLong("ring");
        long generation = in.readLong("generation");
        UUID ring = meant.ring().id();
        boolean isMeant = sender == meant.sender()
                && receiver == meant.receiver()
                && ringHigh == ring.getMostSignificantBits()
                && ringLow == ring.getLeastSignificantBits()
                && generation == meant.ring().generation();
        if (!isMeant) {
            requireInRange(sender, receiver, generation, in);
        }
        return isMeant;
    }

    private static void requireInRange(int sender, int receiver, long generation, FrameSource in) {
        try {
            new Envelope(new RingId(new UUID(0, 0), generation), sender, receiver);
        } catch (IllegalArgumentException outOfRange) {
            throw in.refusal(String.valueOf(outOfRange.getMessage()));
        }
    }
}
