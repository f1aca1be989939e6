package dev.hypercache.spi.discovery;

import dev.hypercache.spi.Address;
import java.util.List;

/**
 * Names the nodes to ask on the way into a ring (CONSISTENCY §5, bootstrap).
 *
 * <p>Seeds are hints: some may be down, and the node itself may be among them.
 */
public interface SeedSource {

    /**
     * Looks the seeds up as they are now. May wait for a file or a name server, so it is never called on a thread that
     * serves a connection; called by one thread at a time, again and again until the node has joined.
     *
     * @return distinct addresses with ports other than 0, in the source's order, unmodifiable; empty if there are none just
     *     now
     * @throws SeedsUnavailableException if they cannot be looked up now; the node tries again later
     */
    List<Address> seeds();

    /**
     * Tells whether {@link #seeds} gives the same list for ever. Only such a list may say by its size how many nodes a
     * majority is made of when a ring is founded; with others, that number is configured.
     *
     * @return true if the list never changes
     */
    boolean isFixed();
}
