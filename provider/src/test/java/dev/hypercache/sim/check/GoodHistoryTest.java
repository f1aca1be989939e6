package dev.hypercache.sim.check;

import static dev.hypercache.sim.check.Script.KEY;
import static dev.hypercache.sim.check.Script.processed;
import static dev.hypercache.sim.check.Script.putOp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypercache.core.op.Change;
import dev.hypercache.core.op.Outcome.Status;
import dev.hypercache.core.op.PutIfAbsent;
import dev.hypercache.core.op.Remove;
import dev.hypercache.core.op.Replace;
import dev.hypercache.core.op.Touch;
import dev.hypercache.core.record.ExpiryRule;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Histories that look odd and are fine. */
final class GoodHistoryTest {

    @Test
    void lostWriteMayTakeEffectLate() {
        Script script = new Script()
                .lost(1, putOp("w1"))
                .put(3, 4, "w2", null)
                .get(5, 6, "w2")
                .get(7, 8, "w1");
        assertFine(script);
    }

    @Test
    void lostWriteMayNeverTakeEffect() {
        assertFine(new Script().lost(1, putOp("w1")).get(3, 4, null).remove(5, 6, null));
    }

    @Test
    void lostWriteThatNobodySawMayEnableAnotherLostWrite() {
        // The replace needs an entry, and only the put that nobody saw can have been there.
        Script script = new Script()
                .lost(1, putOp("w1"))
                .lost(3, new Replace(KEY, "w2", ExpiryRule.NEVER))
                .get(5, 6, "w2");
        assertFine(script);
    }

    @Test
    void lostRemovalThatNobodySawMayEnableALostPutIfAbsent() {
        Script script = new Script()
                .put(1, 2, "w1", null)
                .lost(3, new PutIfAbsent(KEY, "w2", ExpiryRule.NEVER))
                .lost(5, new Remove(KEY))
                .get(7, 8, "w2");
        assertFine(script);
    }

    @Test
    void eachOfTwoLostRemovalsMayTakeEffect() {
        Script script = new Script()
                .lost(1, new Remove(KEY))
                .lost(3, new Action.Clear())
                .put(5, 6, "w1", null)
                .put(7, 8, "w2", null)
                .put(9, 10, "w3", null);
        assertFine(script);
    }

    @Test
    void conditionMayFailAlthoughTheValueIsTheSame() {
        assertFine(new Script()
                .put(1, 2, "w1", null)
                .conflict(3, 4, "w1", "w2", "w1")
                .get(5, 6, "w1"));
    }

    @Test
    void touchMayMissAnEntryWhoseValueIsTheSame() {
        Action touch = Action.ifUnchanged(new Touch(KEY, Script.SOME_VERSION, ExpiryRule.NEVER), "w1");
        Answer missed = new Answer.Seen(Status.UNMET, Change.NONE, "w1", "w1");
        assertFine(new Script().put(1, 2, "w1", null).add(3, 4, touch, missed));
    }

    @Test
    void conflictShowsWhatCameMeanwhile() {
        Script script = new Script()
                .put(1, 2, "w1", null)
                .put(3, 6, "w2", "w1")
                .conflict(4, 5, "w1", "w3", "w2")
                .process(7, 8, "w2", "w3");
        assertFine(script);
    }

    @Test
    void concurrentOperationsMayTakeEffectInAnyOrder() {
        Script script = new Script()
                .get(1, 20, "w2")
                .put(2, 19, "w1", "w2")
                .put(3, 18, "w2", "w3")
                .putIfAbsent(4, 17, "w3", null)
                .get(5, 16, "w1")
                .remove(6, 15, "w1")
                .get(7, 14, null);
        assertFine(script);
    }

    @Test
    void clearMayTakeEffectBetweenTwoReads() {
        Script script = new Script()
                .put(1, 2, "w1", null)
                .clear(3, 12)
                .get(4, 5, "w1")
                .get(6, 7, null)
                .put(8, 9, "w2", null)
                .get(10, 11, "w2");
        assertFine(script);
    }

    @Test
    void clearThatWaitsForItsPutIsNotPlacedTooEarly() {
        // The key is empty when the clear begins, and still the clear must come after the put.
        Script script = new Script().clear(1, 6).put(2, 3, "w1", null).get(4, 5, null);
        assertFine(script);
    }

    @Test
    void operationThatFailedLeavesNoTrace() {
        assertFine(new Script().put(1, 2, "w1", null).failed(3, 4, putOp("w2")).get(5, 6, "w1"));
    }

    @Test
    void lostConditionalWriteMayTakeEffectWhereItsConditionHolds() {
        assertFine(new Script()
                .put(1, 2, 4, null)
                .lost(3, processed(4, 5))
                .get(5, 6, 4)
                .get(7, 8, 5));
    }

    @Test
    void clearCountsOnEachKeyByItself() {
        Script script = new Script().put(1, 2, "w1", null).clear(3, 8).get(4, 5, null);
        script.add(6, 7, Action.of(new Remove("other")), new Answer.Seen(Status.APPLIED, Change.REMOVED, "x", null));
        assertThat(new LinearizabilityChecker().check(script.history()))
                .as("only the other key is wrong")
                .singleElement()
                .extracting(Finding::key)
                .isEqualTo("other");
    }

    @Test
    void emptyHistoryIsFine() {
        assertThat(new LinearizabilityChecker().check(List.of())).isEmpty();
    }

    @Test
    void historyWithTwoEventsAtOneMomentIsRefused() {
        Script script = new Script().get(1, 2, null).get(2, 3, null);
        assertThatThrownBy(() -> new LinearizabilityChecker().check(script.history()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not unique");
    }

    private static void assertFine(Script script) {
        assertThat(new LinearizabilityChecker().check(script.history())).isEmpty();
        assertThat(BruteForceChecker.isLinearizable(script.history())).isTrue();
    }
}
