package dev.hypercache.core.message;

import java.util.List;

/**
 * Asks a member whether its copies hold what the sender's copies do.
 *
 * @param slot 0: it is about several
 * @param request matches the answer
 * @param digests what the sender holds, at most {@link #DIGESTS_MAX}
 */
public record ReadDigests(int slot, long request, List<CopyDigest> digests) implements Message {

    /** The most keys that one message asks for. */
    public static final int DIGESTS_MAX = 512;
}
