package dev.hypercache.core.op;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.core.op.Lineage.Applied;
import dev.hypercache.core.op.Lineage.Forgotten;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A lineage says what two lists of mutations and marks would say, however few or many there are. */
final class LineageTest {

    private static final int CLIENTS = 3;
    private static final int SEQUENCES = 6;
    private static final int TIMES = 12;

    private final Random random = new Random(7);
    private final List<Applied> applied = new ArrayList<>();
    private final List<Forgotten> forgotten = new ArrayList<>();

    private OpToken token() {
        return new OpToken(random.nextInt(CLIENTS), random.nextInt(SEQUENCES), random.nextInt(TIMES));
    }

    private void check(Lineage lineage) {
        assertThat(lineage.applied()).isEqualTo(applied);
        assertThat(lineage.forgotten()).isEqualTo(forgotten);
        assertThat(lineage.mutations()).isEqualTo(applied.size());
        assertThat(lineage.marks()).isEqualTo(forgotten.size());
        assertThat(lineage.size()).isEqualTo(applied.size() + forgotten.size());
        assertThat(lineage.isEmpty()).isEqualTo(applied.isEmpty() && forgotten.isEmpty());
        assertThat(lineage.newestIssuedAtMillis()).isEqualTo(newest());
        OpToken asked = token();
        assertThat(lineage.outcomeOf(asked)).isSameAs(outcomeOf(asked));
        assertThat(lineage.hasForgotten(asked))
                .isEqualTo(forgotten.stream()
                        .anyMatch(one -> one.newest().client() == asked.client()
                                && one.newest().sequence() >= asked.sequence()));
    }

    private long newest() {
        long newest = Long.MIN_VALUE;
        for (Applied one : applied) {
            newest = Math.max(newest, one.token().issuedAtMillis());
        }
        for (Forgotten one : forgotten) {
            newest = Math.max(newest, one.newest().issuedAtMillis());
        }
        return newest;
    }

    private @Nullable Outcome outcomeOf(OpToken token) {
        for (Applied one : applied) {
            if (one.token().isSame(token)) {
                return one.outcome();
            }
        }
        return null;
    }

    /** As a list would be pruned. */
    private void prune(long client, long lowestUnanswered, long issuedAfterMillis) {
        applied.removeIf(one -> one.token().issuedAtMillis() < issuedAfterMillis);
        forgotten.removeIf(one -> one.newest().issuedAtMillis() < issuedAfterMillis);
        List<OpToken> gone = new ArrayList<>();
        applied.removeIf(one ->
                one.token().client() == client && one.token().sequence() < lowestUnanswered && gone.add(one.token()));
        forgotten.removeIf(one -> one.newest().client() == client && gone.add(one.newest()));
        if (!gone.isEmpty()) {
            long sequence = gone.stream().mapToLong(OpToken::sequence).max().orElseThrow();
            long issued = gone.stream().mapToLong(OpToken::issuedAtMillis).max().orElseThrow();
            forgotten.add(new Forgotten(new OpToken(client, sequence, issued)));
        }
    }

    @Test
    void comesToTheSameAsLists() {
        Lineage lineage = Lineage.EMPTY;
        for (int step = 0; step < 20_000; step++) {
            OpToken token = token();
            Outcome outcome = new Outcome(Outcome.Status.APPLIED, Change.NONE, null, null);
            long lowestUnanswered = random.nextInt(SEQUENCES + 1);
            long issuedAfterMillis = random.nextInt(4) == 0 ? random.nextInt(TIMES) : 0;
            switch (random.nextInt(3)) {
                case 0 -> {
                    lineage = lineage.pruned(token.client(), lowestUnanswered, issuedAfterMillis);
                    prune(token.client(), lowestUnanswered, issuedAfterMillis);
                }
                case 1 -> {
                    lineage = lineage.with(token, outcome);
                    applied.add(new Applied(token, outcome));
                }
                default -> {
                    lineage = lineage.prunedWith(token, outcome, lowestUnanswered, issuedAfterMillis);
                    prune(token.client(), lowestUnanswered, issuedAfterMillis);
                    applied.add(new Applied(token, outcome));
                }
            }
            check(lineage);
            check(Lineage.of(applied, forgotten));
        }
    }

    @Test
    void takesTheMutationsOfAnotherThatItLacksAndAllMarks() {
        Outcome own = Outcome.cleared();
        Outcome other = new Outcome(Outcome.Status.UNMET, Change.NONE, null, null);
        Forgotten mark = new Forgotten(new OpToken(3, 9, 5));
        Lineage one = Lineage.of(List.of(new Applied(new OpToken(1, 1, 0), own)), List.of(mark));
        Lineage two = Lineage.of(
                List.of(new Applied(new OpToken(1, 1, 7), other), new Applied(new OpToken(1, 2, 7), other)),
                List.of(mark));
        applied.addAll(List.of(new Applied(new OpToken(1, 1, 0), own), new Applied(new OpToken(1, 2, 7), other)));
        forgotten.addAll(List.of(mark, mark));
        check(one.with(two));
    }

    @Test
    void forgetsWithAnotherAllButTheNewestOfEachClient() {
        Outcome outcome = Outcome.cleared();
        Lineage one = Lineage.EMPTY.with(new OpToken(2, 5, 1), outcome).with(new OpToken(1, 3, 4), outcome);
        Lineage two = Lineage.of(List.of(), List.of(new Forgotten(new OpToken(2, 4, 6))));
        forgotten.addAll(List.of(new Forgotten(new OpToken(1, 3, 4)), new Forgotten(new OpToken(2, 5, 6))));
        check(one.forgottenWith(two));
    }
}
