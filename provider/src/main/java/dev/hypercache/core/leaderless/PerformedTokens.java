package dev.hypercache.core.leaderless;

import dev.hypercache.core.op.OpToken;
import dev.hypercache.core.op.Outcome;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of the mutations that this replica performed lately, so that it performs none twice.
 *
 * <p>Other replicas know nothing of it: a mutation that is asked of two of them is performed by both. Bounded by {@link
 * #TOKENS_MAX}: the oldest is forgotten beyond it.
 */
final class PerformedTokens {

    /** The most mutations that a slot remembers. */
    static final int TOKENS_MAX = 10_000;

    private record Name(long client, long sequence) {}

    private record Performed(OpToken token, Outcome outcome) {}

    private final long windowMillis;
    private final Map<Name, Performed> performed = new LinkedHashMap<>();

    PerformedTokens(long windowMillis) {
        this.windowMillis = windowMillis;
    }

    @Nullable
    Outcome outcomeOf(@Nullable OpToken token) {
        Performed known = token == null ? null : performed.get(new Name(token.client(), token.sequence()));
        return known == null ? null : known.outcome();
    }

    void add(@Nullable OpToken token, Outcome outcome, long timeMillis) {
        if (token == null) {
            return;
        }
        performed.put(new Name(token.client(), token.sequence()), new Performed(token, outcome));
        Iterator<Performed> oldest = performed.values().iterator();
        while (oldest.hasNext()) {
            boolean isYoung = oldest.next().token().issuedAtMillis() >= timeMillis - windowMillis;
            if (isYoung && performed.size() <= TOKENS_MAX) {
                return;
            }
            oldest.remove();
        }
    }
}
