package dev.hypercache.sim.check;

import static dev.hypercache.sim.check.Script.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.core.op.EntryOp;
import dev.hypercache.core.op.PutIfAbsent;
import dev.hypercache.core.op.Remove;
import dev.hypercache.core.op.RemoveIfEqual;
import dev.hypercache.core.op.Replace;
import dev.hypercache.core.op.ReplaceIfEqual;
import dev.hypercache.core.record.ExpiryRule;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Histories of callers that are told no more than whether their operation changed the entry. */
final class ToldHistoryTest {

    private static final EntryOp REMOVE = new Remove(KEY);

    private static Script put(Object value) {
        return new Script().told(1, 2, Script.putOp(value), true);
    }

    private static EntryOp replace(Object value) {
        return new Replace(KEY, value, ExpiryRule.NEVER);
    }

    private static EntryOp removeIf(Object value) {
        return new RemoveIfEqual(KEY, value, ExpiryRule.NEVER);
    }

    private static List<Finding> findings(Script script) {
        return new LinearizabilityChecker().check(script.history());
    }

    @Test
    void answersThatFitOneOrderAreFine() {
        Script script = put("w1")
                .told(3, 4, new PutIfAbsent(KEY, "w2", ExpiryRule.NEVER), false)
                .told(5, 6, new ReplaceIfEqual(KEY, "w2", "w3", ExpiryRule.NEVER), false)
                .told(7, 8, new ReplaceIfEqual(KEY, "w1", "w3", ExpiryRule.NEVER), true)
                .told(9, 10, removeIf("w1"), false)
                .get(11, 12, "w3")
                .told(13, 14, REMOVE, true)
                .told(15, 16, REMOVE, false)
                .told(17, 18, replace("w4"), false)
                .get(19, 20, null);
        assertThat(findings(script)).isEmpty();
    }

    @Test
    void removalOfWhichNothingIsToldRemoves() {
        Script script = put("w1").add(3, 4, Action.of(REMOVE), Answer.Told.DONE);
        assertThat(findings(script.get(5, 6, null))).isEmpty();
        assertThat(findings(script.get(7, 8, "w1"))).hasSize(1);
        assertThat(NoResurrection.complaints(script.history(), Map.of(KEY, "w1")))
                .hasSize(1);
    }

    @Test
    void removalThatIsSaidToHaveFoundNothingIsFound() {
        assertThat(findings(put("w1").told(3, 4, REMOVE, false))).hasSize(1);
    }

    @Test
    void removalThatIsSaidToHaveFoundAnEntryIsFound() {
        assertThat(findings(new Script().told(1, 2, REMOVE, true))).hasSize(1);
    }

    @Test
    void conditionThatIsSaidToHoldAgainstAnotherValueIsFound() {
        assertThat(findings(put("w1").told(3, 4, removeIf("w2"), true))).hasSize(1);
    }

    @Test
    void writeThatIsLostAfterItWasAcknowledgedIsFound() {
        assertThat(findings(put("w1").get(3, 4, null))).hasSize(1);
    }

    @Test
    void valueThatIsThereAfterItWasGoneIsFound() {
        Map<Object, Object> present = Map.of(KEY, "w1");
        assertThat(NoResurrection.complaints(put("w1").told(3, 4, REMOVE, true).history(), present))
                .hasSize(1);
        assertThat(NoResurrection.complaints(
                        put("w1").told(3, 4, removeIf("w1"), true).history(), present))
                .hasSize(1);
        assertThat(NoResurrection.complaints(
                        put("w1").told(3, 4, replace("w2"), false).history(), present))
                .hasSize(1);
    }

    @Test
    void valueThatSurvivedAConditionMayBeThere() {
        Script script = put("w1").told(3, 4, removeIf("w2"), false).told(5, 6, replace("w2"), true);
        assertThat(NoResurrection.complaints(script.history(), Map.of(KEY, "w1")))
                .isEmpty();
    }
}
