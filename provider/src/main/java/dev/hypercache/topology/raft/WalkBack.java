package dev.hypercache.topology.raft;

import io.microraft.model.message.AppendEntriesFailureResponse;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds in one round trip where a follower's log ends (M3).
 *
 * <p>The engine looks one entry further back with each refusal. A voter that was just added has nothing, and nothing is committed
 * without it where it makes two of one, so the log stands still until the walk is over. A refusal here says where the follower's log ends ({@link ShortLog}); the engine is given the refusals that it would have had on the way, all but the last without
 * the number that lets it send again.
 */
final class WalkBack {

    private static final long NO_ROUND = 0;

    private WalkBack() {}

    /**
     * What the leader's engine is given for a refusal.
     *
     * @param store what the leader has: it walks back no further than that
     * @return the refusals, one after the other
     */
    static List<AppendEntriesFailureResponse> steps(ShortLog refusal, RetainedStore store) {
        long next = refusal.getExpectedNextIndex();
        long wanted = Math.max(refusal.lastIndex() + 1, store.firstIndex());
        List<AppendEntriesFailureResponse> steps = new ArrayList<>();
        if (next > store.lastIndex() + 1) {
            return List.of(refusal); // It answers what this leader did not send.
        }
        for (; next > wanted + 1; next--) {
            steps.add(refused(refusal, next, NO_ROUND, NO_ROUND));
        }
        steps.add(refused(refusal, next, refusal.getQuerySequenceNumber(), refusal.getFlowControlSequenceNumber()));
        return steps;
    }

    private static AppendEntriesFailureResponse refused(
            AppendEntriesFailureResponse of, long expected, long query, long flow) {
        return EngineEntries.MODEL
                .createAppendEntriesFailureResponseBuilder()
                .setGroupId(of.getGroupId())
                .setSender(of.getSender())
                .setTerm(of.getTerm())
                .setExpectedNextIndex(expected)
                .setQuerySequenceNumber(query)
                .setFlowControlSequenceNumber(flow)
                .build();
    }
}
