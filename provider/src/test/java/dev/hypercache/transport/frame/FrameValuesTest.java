package dev.hypercache.transport.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypercache.core.message.Accept;
import dev.hypercache.core.message.Execute;
import dev.hypercache.core.message.Executed;
import dev.hypercache.core.message.Message;
import dev.hypercache.core.message.RecordEntry;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.message.RenewHold;
import dev.hypercache.core.message.RequestHead;
import dev.hypercache.core.op.AtVersion;
import dev.hypercache.core.op.Change;
import dev.hypercache.core.op.EntryOp;
import dev.hypercache.core.op.Lineage;
import dev.hypercache.core.op.OpToken;
import dev.hypercache.core.op.Outcome;
import dev.hypercache.core.op.Put;
import dev.hypercache.core.op.Remove;
import dev.hypercache.core.op.ReplaceIfEqual;
import dev.hypercache.core.record.ExpiryRule;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.record.ValueBytes;
import dev.hypercache.core.ring.KeyBytes;
import dev.hypercache.core.ring.SlotSpace;
import dev.hypercache.spi.transport.Frame;
import dev.hypercache.spi.transport.TransportOptions;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How keys and values stand in a frame, and which it does not take. */
class FrameValuesTest {

    private static final int CACHE = 7;
    private static final KeyBytes KEY = KeyBytes.of(CACHE, new byte[] {1, 2, 3});
    private static final RequestHead HEAD = new RequestHead(1, null, 0, 1, 1, false, 1000);

    private static Message execute(EntryOp op) {
        return new Execute(1, HEAD, CACHE, op, false, null);
    }

    private static ValueBytes value(int length) {
        return ValueBytes.of(new byte[length]);
    }

    @Test
    void largeValueLeavesUncopiedBehindTheHead() {
        ValueBytes large = value(100_000);
        Frame frame = Frames.frameOf(execute(new Put(KEY, large, ExpiryRule.NEVER)));
        assertThat(frame.value().length()).isEqualTo(100_000);
        assertThat(frame.head().length()).isLessThan(200);

        Execute read = (Execute) Frames.messageOf(Frames.bytesOf(frame));
        assertThat(((Put) read.op()).value()).isEqualTo(large);
    }

    @Test
    void smallValueStandsInTheHead() {
        Frame frame = Frames.frameOf(execute(new Put(KEY, value(100), ExpiryRule.NEVER)));
        assertThat(frame.value().length()).isZero();
    }

    @Test
    void valueOfSeveralRecordsTravelsOnceAndIsOneAgain() {
        StoredRecord before = StoredRecord.value(value(10_000), 5, 1, 50);
        StoredRecord after = before.withExpiry(60);
        Outcome touched = new Outcome(Outcome.Status.APPLIED, Change.TOUCHED, before, after);
        byte[] bytes = Frames.bytesOf(new Executed(1, 1, 1, 5, touched, null, true, null));
        assertThat(bytes).hasSizeLessThan(10_200);

        Outcome read = ((Executed) Frames.messageOf(bytes)).outcome();
        assertThat(read.before()).isNotNull();
        assertThat(read.after()).isNotNull().isNotSameAs(read.before());
        assertThat(read.after().value()).isSameAs(read.before().value());
    }

    @Test
    void outcomeThatChangedNothingHasOneRecordAgain() {
        StoredRecord live = StoredRecord.value(value(10), 5, 1, 50);
        Outcome unmet = new Outcome(Outcome.Status.UNMET, Change.NONE, live, live);
        Outcome read = ((Executed) Frames.messageOf(Frames.bytesOf(new Executed(1, 1, 1, 5, unmet, null, true, null))))
                .outcome();
        assertThat(read.before()).isNotNull().isSameAs(read.after());
    }

    @Test
    void valueFurtherBackThanAReferenceReachesTravelsAgain() {
        StoredRecord first = StoredRecord.value(value(1), 5, 1, 50);
        for (int between : new int[] {FrameSink.REFERENCE_MAX - 1, FrameSink.REFERENCE_MAX}) {
            Lineage lineage = Lineage.EMPTY;
            for (int i = 1; i <= between; i++) {
                lineage = lineage.with(new OpToken(1, i, 0), created(StoredRecord.value(value(2), 5, i, 50)));
            }
            lineage = lineage.with(new OpToken(1, 1000, 0), created(first));
            RecordEntry entry = new RecordEntry(new RecordKey(CACHE, KEY), first, lineage, null);
            Accept read = (Accept) Frames.messageOf(Frames.bytesOf(new Accept(1, 5, entry, List.of(), 0, 0)));
            StoredRecord last =
                    read.entry().lineage().applied().get(between).outcome().after();
            assertThat(last).isNotNull();
            assertThat(last.value()).isEqualTo(value(1));
            assertThat(last.value() == read.entry().record().value()).isEqualTo(between < FrameSink.REFERENCE_MAX);
        }
    }

    private static Outcome created(StoredRecord after) {
        return new Outcome(Outcome.Status.APPLIED, Change.CREATED, null, after);
    }

    @Test
    void equalValuesOfTwoObjectsStayTwo() {
        EntryOp op = new ReplaceIfEqual(KEY, value(30), value(30), ExpiryRule.NEVER);
        ReplaceIfEqual read = (ReplaceIfEqual) ((Execute) Frames.messageOf(Frames.bytesOf(execute(op)))).op();
        assertThat(read.expected()).isEqualTo(read.value()).isNotSameAs(read.value());
    }

    @Test
    void keyThatIsNoBytesIsNotWritten() {
        assertThatThrownBy(() -> Frames.bytesOf(execute(new Remove("key"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("java.lang.String");
    }

    @Test
    void valueThatIsNoBytesIsNotWritten() {
        assertThatThrownBy(() -> Frames.bytesOf(execute(new Put(KEY, 42, ExpiryRule.NEVER))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("java.lang.Integer");
    }

    @Test
    void keyOfAnotherCacheIsNotWritten() {
        KeyBytes foreign = KeyBytes.of(CACHE + 1, new byte[] {1, 2, 3});
        assertThatThrownBy(() -> Frames.bytesOf(execute(new Remove(foreign))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cache 7");
    }

    @Test
    void conditionOnAConditionIsNotWritten() {
        EntryOp twice = new AtVersion(new AtVersion(new Remove(KEY), null), null);
        assertThatThrownBy(() -> Frames.bytesOf(execute(twice)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("AtVersion");
    }

    @Test
    void slotBeyondAnyRingIsNotWritten() {
        Message renew = new RenewHold(SlotSpace.SLOTS_MAX, 1, 1, new RecordKey(CACHE, KEY));
        assertThatThrownBy(() -> Frames.bytesOf(renew))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("slot 4096");
    }

    @Test
    void messageLargerThanAnyFrameIsNotWritten() {
        ValueBytes huge = value(TransportOptions.FRAME_BYTES_MOST);
        assertThatThrownBy(() -> Frames.bytesOf(execute(new Put(KEY, huge, ExpiryRule.NEVER))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most " + TransportOptions.FRAME_BYTES_MOST);

        ValueBytes half = value(TransportOptions.FRAME_BYTES_MOST / 2);
        ValueBytes other = value(TransportOptions.FRAME_BYTES_MOST / 2);
        assertThatThrownBy(() -> Frames.bytesOf(execute(new ReplaceIfEqual(KEY, half, other, ExpiryRule.NEVER))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most " + TransportOptions.FRAME_BYTES_MOST);
    }

    @Test
    void messageOfAlmostTheLargestFrameIsWritten() {
        ValueBytes large = value(TransportOptions.FRAME_BYTES_MOST - 200);
        Frame frame = Frames.frameOf(execute(new Put(KEY, large, ExpiryRule.NEVER)));
        assertThat(frame.length()).isBetween((long) large.length(), (long) TransportOptions.FRAME_BYTES_MOST);
    }
}
