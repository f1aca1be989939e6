package dev.hypercache.bootstrap;

import java.util.List;

/**
 * What a member answers to a {@link UseRequest}.
 *
 * @param ids of a cache that was joined its id; of those that were said to be open still the ids that the ring has no more
 * @param refusal why it was not done; empty if it was
 */
record UseAnswer(List<Integer> ids, String refusal) {

    static UseAnswer done(List<Integer> ids) {
        return new UseAnswer(ids, "");
    }

    static UseAnswer refused(String why) {
        return new UseAnswer(List.of(), why);
    }
}
