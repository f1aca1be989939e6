package dev.hypercache.core.message;

import java.util.List;

/**
 * Says which of the sender's copies hold something else than was asked for, or must not be counted. All others hold the same.
 *
 * @param slot 0: it is about several
 * @param request that of the question
 * @param differing the places of those keys in the question, ascending; at most {@link ReadDigests#DIGESTS_MAX}
 */
public record DigestsRead(int slot, long request, List<Integer> differing) implements Message {}
