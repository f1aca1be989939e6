package dev.hypercache.transport.frame;

import dev.hypercache.core.op.Change;
import dev.hypercache.core.op.Lineage;
import dev.hypercache.core.op.LineageBuilder;
import dev.hypercache.core.op.OpToken;
import dev.hypercache.core.op.Outcome;
import dev.hypercache.core.record.StoredRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Mutations and what came of them. */
final class LineageLayout {

    private static final EnumCode<Outcome.Status> STATUS = new EnumCode<>(
            Outcome.Status.class,
            "status of outcome",
            List.of(
                    Outcome.Status.APPLIED,
                    Outcome.Status.UNMET,
                    Outcome.Status.CONFLICT,
                    Outcome.Status.HELD,
                    Outcome.Status.HOLD_LOST));

    static final EnumCode<Change> CHANGE = new EnumCode<>(
            Change.class,
            "change of outcome",
            List.of(
                    Change.NONE,
                    Change.CREATED,
                    Change.UPDATED,
                    Change.REMOVED,
                    Change.EXPIRED,
                    Change.EVICTED,
                    Change.TOUCHED));

    private static final int HAS_BEFORE = 1;
    private static final int HAS_AFTER = 2;
    private static final int AFTER_IS_BEFORE = 4;

    private LineageLayout() {}

    static void writeToken(OpToken token, FrameSink out) {
        out.writeLong(token.client());
        out.writeLong(token.sequence());
        out.writeLong(token.issuedAtMillis());
    }

    static OpToken readToken(FrameSource in) {
        return new OpToken(
                in.readLong("client of token"), in.readLong("sequence of token"), in.readLong("issue of token"));
    }

    /** An operation that changed nothing left the very record that it found; that it is the same one is kept. */
    static void writeOutcome(Outcome outcome, FrameSink out) {
        StoredRecord before = outcome.before();
        StoredRecord after = outcome.after();
        STATUS.write(outcome.status(), out);
        CHANGE.write(outcome.change(), out);
        out.writeByte(records(before, after));
        if (before != null) {
            RecordLayout.writeRecord(before, out);
        }
        if (after != null && after != before) {
            RecordLayout.writeRecord(after, out);
        }
    }

    private static int records(@Nullable StoredRecord before, @Nullable StoredRecord after) {
        if (before != null && before == after) {
            return HAS_BEFORE | AFTER_IS_BEFORE;
        }
        return (before != null ? HAS_BEFORE : 0) | (after != null ? HAS_AFTER : 0);
    }

    static Outcome readOutcome(FrameSource in) {
        Outcome.Status status = STATUS.read(in);
        Change change = CHANGE.read(in);
        int records = in.readByte("records of outcome");
        if (records > (HAS_BEFORE | HAS_AFTER) && records != (HAS_BEFORE | AFTER_IS_BEFORE)) {
            throw in.refusal("records of outcome are " + records);
        }
        StoredRecord before = (records & HAS_BEFORE) != 0 ? RecordLayout.readRecord(in) : null;
        StoredRecord after = (records & HAS_AFTER) != 0 ? RecordLayout.readRecord(in) : null;
        return new Outcome(status, change, before, (records & AFTER_IS_BEFORE) != 0 ? before : after);
    }

    static void write(Lineage lineage, FrameSink out) {
        out.writeSize(lineage.mutations(), Lineage.MARKS_MAX);
        for (int at = 0; at < lineage.mutations(); at++) {
            writeToken(lineage.token(at), out);
            writeOutcome(lineage.outcome(at), out);
        }
        out.writeSize(lineage.marks(), Lineage.MARKS_MAX);
        for (int at = 0; at < lineage.marks(); at++) {
            writeToken(lineage.mark(at), out);
        }
    }

    static Lineage read(FrameSource in) {
        LineageBuilder lineage = new LineageBuilder();
        for (int left = in.readSize("mutations of lineage", Lineage.MARKS_MAX); left > 0; left--) {
            lineage.applied(readToken(in), readOutcome(in));
        }
        for (int left = in.readSize("marks of lineage", Lineage.MARKS_MAX); left > 0; left--) {
            lineage.forgotten(readToken(in));
        }
        return lineage.build();
    }
}
