package dev.hypercache.transport.undertow.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hypercache.spi.RingId;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Why one end does not talk to the other.
 *
 * @param status the number on the wire, one of the constants here
 * @param reason for the log of either end: what differs and how; no secret
 */
public record Refusal(int status, String reason) {

    /** No version of the protocol is spoken by both. */
    public static final int VERSION = 1;

    /** Another cluster. */
    public static final int CLUSTER = 2;

    /** Another ring. */
    public static final int RING = 3;

    /** Another generation of the ring. */
    public static final int GENERATION = 4;

    /** Not the node, or not the incarnation, that was meant. */
    public static final int TARGET = 5;

    /** The node is about to go. */
    public static final int LEAVING = 6;

    private static final int REASON_BYTES_MAX = 512;

    /**
     * Compares a peer's greeting with the own one.
     *
     * @param mine what this node said or is going to say
     * @param theirs what the peer said
     * @return null if they fit
     */
    public static @Nullable Refusal of(Hello mine, Hello theirs) {
        if (mine.versionMax() < theirs.versionMin() || theirs.versionMax() < mine.versionMin()) {
            return new Refusal(
                    VERSION,
                    mine.node() + " speaks versions " + mine.versionMin() + " to " + mine.versionMax()
                            + " of the protocol, " + theirs.node() + " versions " + theirs.versionMin() + " to "
                            + theirs.versionMax());
        }
        if (!mine.cluster().equals(theirs.cluster())) {
            return new Refusal(
                    CLUSTER,
                    mine.node() + " belongs to cluster \"" + mine.cluster() + "\", " + theirs.node() + " to \""
                            + printable(theirs.cluster()) + "\"");
        }
        Refusal ofRing = ofRings(mine, theirs);
        if (ofRing != null) {
            return ofRing;
        }
        if (theirs.target() != null && !theirs.target().equals(mine.node())) {
            return new Refusal(TARGET, theirs.target() + " was meant, but this is " + mine.node());
        }
        if (mine.target() != null && !mine.target().equals(theirs.node())) {
            return new Refusal(TARGET, mine.target() + " was meant, but " + theirs.node() + " answered");
        }
        return null;
    }

    private static @Nullable Refusal ofRings(Hello mine, Hello theirs) {
        RingId here = mine.ring();
        RingId there = theirs.ring();
        if (here == null || there == null || here.equals(there)) {
            return null;
        }
        boolean sameRing = here.id().equals(there.id());
        return new Refusal(
                sameRing ? GENERATION : RING,
                mine.node() + " is in ring " + here + ", " + theirs.node() + " in " + there);
    }

    /**
     * Writes the reason as the body of a refusing answer.
     *
     * @return its bytes, at most {@value #REASON_BYTES_MAX}
     */
    public ByteBuffer encode() {
        byte[] bytes = reason.getBytes(UTF_8);
        return ByteBuffer.wrap(bytes, 0, Math.min(bytes.length, REASON_BYTES_MAX));
    }

    /**
     * Reads a refusing answer.
     *
     * @param status the number in the header
     * @param body the bytes behind it
     * @return the refusal; the reason has no control characters
     */
    public static Refusal decode(int status, ByteBuffer body) {
        ByteBuffer start = body.slice(body.position(), Math.min(body.remaining(), REASON_BYTES_MAX));
        return new Refusal(status, printable(UTF_8.decode(start).toString()));
    }

    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
