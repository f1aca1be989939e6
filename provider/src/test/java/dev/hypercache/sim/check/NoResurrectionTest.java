package dev.hypercache.sim.check;

import static dev.hypercache.sim.check.Script.KEY;
import static dev.hypercache.sim.check.Script.putOp;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class NoResurrectionTest {

    @Test
    void removedValueThatIsThereIsFound() {
        assertThat(complaints(new Script().put(1, 2, "w1", null).remove(3, 4, "w1")))
                .singleElement()
                .asString()
                .startsWith("key k holds w1 again, which was gone at [3, 4]");
    }

    @Test
    void clearedValueThatIsThereIsFound() {
        assertThat(complaints(new Script().put(1, 2, "w1", null).clear(3, 4))).hasSize(1);
    }

    @Test
    void valueThatIsThereAfterSomebodyFoundNothingIsFound() {
        assertThat(complaints(new Script().put(1, 2, "w1", null).get(3, 4, null)))
                .hasSize(1);
    }

    @Test
    void valueThatNobodyWroteIsFound() {
        Script script = new Script().failed(1, 2, putOp("w1")).putIfAbsent(3, 4, "w1", "w2");
        assertThat(complaints(script)).containsExactly("key k holds w1, which nobody wrote");
    }

    @Test
    void valueThatWasWrittenAgainMayBeThere() {
        assertThat(complaints(
                        new Script().put(1, 2, "w1", null).remove(3, 4, "w1").put(5, 6, "w1", null)))
                .isEmpty();
    }

    @Test
    void valueWrittenDuringTheRemovalMayBeThere() {
        assertThat(complaints(new Script().remove(1, 4, null).put(2, 3, "w1", null)))
                .isEmpty();
    }

    @Test
    void lostWriteMayTakeEffectAfterTheRemoval() {
        assertThat(complaints(new Script().lost(1, putOp("w1")).remove(3, 4, null)))
                .isEmpty();
    }

    @Test
    void lostRemovalProvesNothing() {
        assertThat(complaints(new Script().put(1, 2, "w1", null).lost(3, new Action.Clear())))
                .isEmpty();
    }

    private static List<String> complaints(Script script) {
        return NoResurrection.complaints(script.history(), Map.of(KEY, "w1"));
    }
}
