package dev.hypercache.transport.frame;

import dev.hypercache.core.message.HolderHead;
import dev.hypercache.core.message.HybridKey;
import dev.hypercache.core.message.Stored.Verdict;
import dev.hypercache.core.record.HybridVersion;
import dev.hypercache.core.record.StoredRecord;
import java.util.List;

/** What messages about caches that nobody orders have in common. */
final class HybridLayout {

    private static final EnumCode<Verdict> VERDICT = new EnumCode<>(
            Verdict.class,
            "verdict",
            List.of(Verdict.INSTALLED, Verdict.STALE, Verdict.BELOW_FLOOR, Verdict.CLOCK_SKEW, Verdict.REFUSED));

    private HybridLayout() {}

    static void writeHead(HolderHead head, FrameSink out) {
        out.writeInt(head.epoch());
        out.writeLong(head.copy());
        out.writeLong(head.wallMillis());
        out.writeLong(head.stamp());
    }

    static HolderHead readHead(FrameSource in) {
        return new HolderHead(
                in.readInt("epoch", 0, Integer.MAX_VALUE),
                in.readLong("copy"),
                in.readLong("wall clock"),
                in.readBallot("stamp of clock"));
    }

    static void writeVersion(HybridVersion version, FrameSink out) {
        out.writeLong(version.stamp());
        out.writeLong(version.origin());
    }

    static HybridVersion readVersion(FrameSource in) {
        return new HybridVersion(in.readBallot("stamp of version"), in.readBallot("origin of version"));
    }

    static void writeKeyVersion(HybridKey key, FrameSink out) {
        RecordLayout.writeKey(key.name(), out);
        writeVersion(key.version(), out);
    }

    static HybridKey readKeyVersion(FrameSource in) {
        return new HybridKey(RecordLayout.readKey(in), readVersion(in));
    }

    static StoredRecord readRecord(FrameSource in) {
        StoredRecord stored = RecordLayout.readRecord(in);
        if (stored.sequence() < 0) {
            throw in.refusal("origin of version is " + stored.sequence());
        }
        return stored;
    }

    static void writeVerdict(Verdict verdict, FrameSink out) {
        VERDICT.write(verdict, out);
    }

    static Verdict readVerdict(FrameSource in) {
        return VERDICT.read(in);
    }
}
