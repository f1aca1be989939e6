package dev.hypercache.core.message;

import java.util.List;

/**
 * A leader asks which versions of some keys a replica holds.
 *
 * @param poll matches the answer
 * @param names at most {@link #NAMES_MAX}
 */
public record AskHeld(int slot, long ballot, int poll, List<RecordKey> names) implements RepairMessage {

    /** The most keys in a question. */
    public static final int NAMES_MAX = 64;
}
