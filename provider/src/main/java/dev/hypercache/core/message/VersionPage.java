package dev.hypercache.core.message;

import java.util.List;

/**
 * Part of an answer to {@link AskVersions}.
 *
 * @param copy which copy of the slot the replica holds
 * @param page counts from 0
 * @param pages how many there are
 * @param versions at most {@link #VERSIONS_MAX}
 * @param clears the clears, in each page
 * @param knowledge writers who knew another clear of a cache than this replica does, in each page
 */
public record VersionPage(
        int slot,
        long ballot,
        long copy,
        int attempt,
        int page,
        int pages,
        List<KeyVersion> versions,
        List<ClearMark> clears,
        List<ClearKnowledge> knowledge)
        implements Message {

    /** The most versions in a page. */
    public static final int VERSIONS_MAX = 1024;
}
