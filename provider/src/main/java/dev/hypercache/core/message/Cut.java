package dev.hypercache.core.message;

import java.util.List;

/**
 * Asks the holders of a slot whether everybody has everything up to a stamp.
 *
 * @param holders whom the sender asks: one who knows of others does not agree
 */
public record Cut(int slot, HolderHead holder, List<Integer> holders, long stamp) implements LeaderlessMessage {

    /** @throws IllegalArgumentException if the stamp is negative */
    public Cut {
        if (stamp < 0) {
            throw new IllegalArgumentException("stamp must be 0 or more, but is " + stamp);
        }
    }
}
