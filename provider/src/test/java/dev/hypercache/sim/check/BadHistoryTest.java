package dev.hypercache.sim.check;

import static dev.hypercache.sim.check.Script.KEY;
import static dev.hypercache.sim.check.Script.processed;
import static dev.hypercache.sim.check.Script.putOp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.core.op.Change;
import dev.hypercache.core.op.Outcome.Status;
import dev.hypercache.core.op.Remove;
import dev.hypercache.core.op.Replace;
import dev.hypercache.core.op.ReplaceIfEqual;
import dev.hypercache.core.op.Touch;
import dev.hypercache.core.record.ExpiryRule;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Histories with one thing wrong each. The first wrong operation is named. */
final class BadHistoryTest {

    @Test
    void staleReadIsFound() {
        assertWrong(3, new Script().put(1, 2, "w1", null).put(3, 4, "w2", "w1").get(5, 6, "w1"));
    }

    @Test
    void readThatMissesAnAcknowledgedWriteIsFound() {
        assertWrong(2, new Script().put(1, 2, "w1", null).get(3, 4, null));
    }

    @Test
    void lostUpdateIsFound() {
        assertWrong(3, new Script().put(1, 2, "0", null).process(3, 4, "0", "1").process(5, 6, "0", "2"));
    }

    @Test
    void lostUpdateOfConcurrentProcessorsIsFound() {
        assertWrong(
                2,
                new Script()
                        .put(1, 2, "0", null)
                        .process(3, 8, "0", "1")
                        .process(4, 6, "0", "2")
                        .get(9, 10, "1"));
    }

    @Test
    void readOfAValueThatNobodyWroteIsFound() {
        assertWrong(2, new Script().put(1, 2, "w1", null).get(3, 4, "w9"));
    }

    @Test
    void readOfAWriteThatFailedIsFound() {
        assertWrong(
                3, new Script().put(1, 2, "w1", null).failed(3, 6, putOp("w2")).get(4, 5, "w2"));
    }

    @Test
    void readBeforeTheWriteThatItSawIsFound() {
        assertWrong(1, new Script().get(1, 2, "w1").put(3, 4, "w1", null));
    }

    @Test
    void readBeforeTheLostWriteThatItSawIsFound() {
        assertWrong(1, new Script().get(1, 2, "w1").lost(3, putOp("w1")));
    }

    @Test
    void putIfAbsentThatTwoCallersWonIsFound() {
        assertWrong(1, new Script().putIfAbsent(1, 6, "w1", null).putIfAbsent(2, 4, "w2", null));
    }

    @Test
    void putIfAbsentThatWasAppliedAgainAfterARemovalIsFound() {
        assertWrong(
                3, new Script().putIfAbsent(1, 2, "w1", null).remove(3, 4, "w1").get(5, 6, "w1"));
    }

    @Test
    void incrementThatCountedTwiceIsFound() {
        assertWrong(3, new Script().put(1, 2, 1, null).process(3, 4, 1, 2).get(5, 6, 3));
    }

    @Test
    void valueThatTwoIncrementsReturnedIsFound() {
        assertWrong(2, new Script().put(1, 2, 1, null).process(3, 7, 1, 2).process(4, 6, 1, 2));
    }

    @Test
    void phantomWriteIsFound() {
        // The replace found nothing and said so. Its retry met another leader, and there was something to replace.
        Script script = new Script()
                .add(1, 2, Action.of(new Replace(KEY, "w1", ExpiryRule.NEVER)), unmetAbsent())
                .put(3, 4, "w2", null)
                .get(5, 6, "w1");
        assertWrong(3, script);
    }

    @Test
    void missThatALaterReadOfAnOlderValueContradictsIsFound() {
        // The takeover dropped a write that was never chosen, a read said so, and the next takeover brought it back.
        Script script = new Script()
                .put(1, 2, "w1", null)
                .remove(3, 4, "w1")
                .get(5, 6, null)
                .get(7, 8, "w1");
        assertWrong(4, script);
    }

    @Test
    void lostWriteThatWasSeenAndThenNeverHappenedIsFound() {
        assertWrong(3, new Script().lost(1, putOp("w1")).get(3, 4, "w1").get(5, 6, null));
    }

    @Test
    void entryThatAClearLeftIsFound() {
        assertWrong(3, new Script().put(1, 2, "w1", null).clear(3, 4).get(5, 6, "w1"));
    }

    @Test
    void clearThatStruckTwiceIsFound() {
        Script script = new Script()
                .put(1, 2, "w1", null)
                .clear(3, 4)
                .put(5, 6, "w2", null)
                .get(7, 8, null);
        assertWrong(4, script);
    }

    @Test
    void readsThatGoBackwardsAreFound() {
        Script script = new Script()
                .put(1, 2, "w1", null)
                .put(3, 10, "w2", "w1")
                .get(4, 5, "w2")
                .get(6, 7, "w1");
        assertWrong(4, script);
    }

    @Test
    void lostWriteThatTookEffectTwiceIsFound() {
        Script script = new Script()
                .lost(1, putOp("w1"))
                .get(3, 4, "w1")
                .put(5, 6, "w2", "w1")
                .get(7, 8, "w1");
        assertWrong(4, script);
    }

    @Test
    void lostRemovalThatTookEffectTwiceIsFound() {
        Script script = new Script()
                .put(1, 2, "w1", null)
                .lost(3, new Remove(KEY))
                .put(5, 6, "w2", null)
                .get(7, 8, null);
        assertWrong(4, script);
    }

    @Test
    void lostIncrementThatAlsoFailedItsConditionIsFound() {
        assertWrong(3, new Script().put(1, 2, 5, null).lost(3, processed(4, 9)).get(5, 6, 9));
    }

    @Test
    void conflictThatShowsAValueOfThePastIsFound() {
        Script script = new Script().put(1, 2, "w1", null).put(3, 4, "w2", "w1").conflict(5, 6, "w0", "w3", "w1");
        assertWrong(3, script);
    }

    @Test
    void conditionThatHeldAlthoughTheValueWasAnotherIsFound() {
        assertWrong(3, new Script().put(1, 2, "w1", null).put(3, 4, "w2", "w1").process(5, 6, "w1", "w3"));
    }

    @Test
    void conflictWithNothingOnACallerWhoSawNothingIsFound() {
        assertWrong(1, new Script().conflict(1, 2, null, "w1", null));
    }

    @Test
    void touchOfAnEntryThatWasReplacedIsFound() {
        Action touch = Action.ifUnchanged(new Touch(KEY, Script.SOME_VERSION, ExpiryRule.NEVER), "w1");
        Answer touched = new Answer.Seen(Status.APPLIED, Change.NONE, "w2", "w2");
        assertWrong(3, new Script().put(1, 2, "w1", null).put(3, 4, "w2", "w1").add(5, 6, touch, touched));
    }

    @Test
    void replaceIfEqualThatIgnoredItsConditionIsFound() {
        Action replace = Action.of(new ReplaceIfEqual(KEY, "w0", "w2", ExpiryRule.NEVER));
        Answer replaced = new Answer.Seen(Status.APPLIED, Change.UPDATED, "w1", "w2");
        assertWrong(2, new Script().put(1, 2, "w1", null).add(3, 4, replace, replaced));
    }

    @Test
    void wrongNameForAChangeIsFound() {
        Answer updated = new Answer.Seen(Status.APPLIED, Change.UPDATED, null, "w1");
        assertWrong(1, new Script().add(1, 2, Action.of(putOp("w1")), updated));
    }

    @Test
    void findingShowsWhatMattersAndNothingElse() {
        Script script = new Script();
        Object found = null;
        for (int i = 1; i <= 20; i++) {
            script.put(10 * i, 10 * i + 1, "w" + i, found);
            found = "w" + i;
        }
        script.failed(210, 211, putOp("w99")).get(212, 213, "w7").get(214, 215, "w20");
        assertThat(new LinearizabilityChecker().check(script.history())).hasToString("""
                [VIOLATION on key k: no order explains #22; the furthest one ends with w20
                  [70, 71] client 7 #7 Put[key=k, value=w7] -> APPLIED UPDATED, w6 => w7
                  [200, 201] client 20 #20 Put[key=k, value=w20] -> APPLIED UPDATED, w19 => w20
                  [212, 213] client 22 #22 Get[key=k] -> APPLIED NONE, w7 => w7]""");
    }

    @Test
    void searchThatGivesUpIsNoProof() {
        Script script = new Script().put(1, 2, "w1", null).put(3, 4, "w2", "w1").put(5, 6, "w3", "w2");
        assertThat(new LinearizabilityChecker(2).check(script.history()))
                .singleElement()
                .extracting(Finding::kind)
                .isEqualTo(Finding.Kind.UNDECIDED);
        assertThat(new LinearizabilityChecker(3).check(script.history())).isEmpty();
    }

    private static Answer unmetAbsent() {
        return new Answer.Seen(Status.UNMET, Change.NONE, null, null);
    }

    /** @param wrong the operation whose return no order explains */
    private static void assertWrong(long wrong, Script script) {
        List<Finding> findings = new LinearizabilityChecker().check(script.history());
        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Finding.Kind.VIOLATION);
            assertThat(finding.key()).isEqualTo(KEY);
            assertThat(finding.reason()).startsWith("no order explains #" + wrong + ";");
            assertThat(finding.window()).extracting(Invocation::id).contains(wrong);
        });
        assertThat(BruteForceChecker.isLinearizable(script.history())).isFalse();
    }
}
