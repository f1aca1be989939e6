package dev.hypercache.sim.check;

import static dev.hypercache.sim.check.Script.putOp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypercache.core.op.AtVersion;
import dev.hypercache.core.op.Change;
import dev.hypercache.core.op.Outcome;
import dev.hypercache.core.op.Outcome.Status;
import dev.hypercache.core.op.Put;
import dev.hypercache.core.op.Touch;
import dev.hypercache.core.record.ExpiryRule;
import dev.hypercache.core.record.StoredRecord;
import org.junit.jupiter.api.Test;

final class HistoryRecorderTest {

    private final HistoryRecorder recorder = new HistoryRecorder();

    @Test
    void historyKeepsTheOrderOfCallsAndWhatWasSeen() {
        Action put = Action.of(putOp("w1"));
        long first = recorder.begin(7, put);
        long second = recorder.begin(8, new Action.Clear());
        StoredRecord stored = StoredRecord.value("w1", 1, 1, StoredRecord.NEVER);
        recorder.end(first, new Outcome(Status.APPLIED, Change.CREATED, null, stored));
        recorder.end(second, Answer.Bare.CLEARED);
        Answer seen = new Answer.Seen(Status.APPLIED, Change.CREATED, null, "w1");
        assertThat(recorder.history())
                .containsExactly(
                        new Invocation(1, 7, put, 1, 3, seen),
                        new Invocation(2, 8, new Action.Clear(), 2, 4, Answer.Bare.CLEARED));
    }

    @Test
    void whatStillRunsMayOrMayNotTakeEffect() {
        recorder.begin(1, Action.of(putOp("w1")));
        recorder.begin(2, Action.of(putOp("w2")));
        assertThat(recorder.history()).extracting(Invocation::answer).containsOnly(Answer.Bare.INDETERMINATE);
        assertThat(new LinearizabilityChecker().check(recorder.history())).isEmpty();
    }

    @Test
    void operationThatWasNotEvaluatedHasFailed() {
        recorder.end(recorder.begin(1, Action.of(putOp("w1"))), Outcome.held());
        recorder.end(recorder.begin(1, Action.of(putOp("w2"))), Outcome.holdLost());
        assertThat(recorder.history()).extracting(Invocation::answer).containsOnly(Answer.Bare.FAILED);
    }

    @Test
    void invocationEndsOnce() {
        long id = recorder.begin(1, Action.of(putOp("w1")));
        recorder.end(id, Answer.Bare.FAILED);
        assertThatThrownBy(() -> recorder.end(id, Answer.Bare.FAILED)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void answerThatDoesNotFitItsActionIsRefused() {
        long id = recorder.begin(1, Action.of(putOp("w1")));
        assertThatThrownBy(() -> recorder.end(id, Answer.Bare.CLEARED)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void actionThatTheModelCannotJudgeIsRefused() {
        Put expiring = new Put(Script.KEY, "w1", new ExpiryRule(5, 5, 5));
        AtVersion nested = new AtVersion(new AtVersion(putOp("w1"), null), null);
        Touch touch = new Touch(Script.KEY, Script.SOME_VERSION, ExpiryRule.NEVER);
        assertThatThrownBy(() -> Action.of(expiring)).hasMessageContaining("expiry is not modelled");
        assertThatThrownBy(() -> Action.ifUnchanged(nested, null)).hasMessageContaining("condition within a condition");
        assertThatThrownBy(() -> Action.of(touch)).hasMessageContaining("expected value");
        assertThatThrownBy(() -> Action.ifUnchanged(putOp("w1"), "w0")).hasMessageContaining("expected value");
        assertThatThrownBy(() -> Action.ifUnchanged(new AtVersion(putOp("w1"), null), "w0"))
                .hasMessageContaining("seen together");
    }

    @Test
    void valueThatEqualsNothingIsRefused() {
        byte[] bytes = {1};
        assertThatThrownBy(() -> new Answer.Seen(Status.APPLIED, Change.NONE, bytes, bytes))
                .hasMessageContaining("an array equals no other array");
    }
}
