package dev.hypercache.core.message;

import java.util.List;

/**
 * Part of an answer to {@link Compare}.
 *
 * @param page counts from 0
 * @param pages how many there are; 0 if both hold the same
 * @param complete whether the copy was filled
 * @param versions at most {@link VersionPage#VERSIONS_MAX}
 */
public record HybridPage(
        int slot, HolderHead holder, int attempt, int page, int pages, boolean complete, List<HybridKey> versions)
        implements LeaderlessMessage {}
