package dev.hypercache.transport.frame;

import dev.hypercache.core.message.ClearMark;
import dev.hypercache.core.message.CopySummary;
import java.util.List;

/** Clears, and the summary of a copy, which lists them. */
final class ClearLayout {

    /** The frame bounds how many clears there are, and how many keys went with one. */
    private static final int FRAME_DECIDES = Integer.MAX_VALUE;

    private ClearLayout() {}

    static void write(ClearMark mark, FrameSink out) {
        out.writeInt(mark.cache());
        RecordLayout.writeVersion(mark.version(), out);
        LineageLayout.write(mark.lineage(), out);
        out.writeList(mark.keys(), FRAME_DECIDES, ClearLayout::writeKey);
    }

    static ClearMark read(FrameSource in) {
        return new ClearMark(
                in.readInt("cache of clear"),
                RecordLayout.readVersion(in),
                LineageLayout.read(in),
                in.readList("keys of clear", FRAME_DECIDES, ClearLayout::readKey));
    }

    static void writeAll(List<ClearMark> marks, FrameSink out) {
        out.writeList(marks, FRAME_DECIDES, ClearLayout::write);
    }

    static List<ClearMark> readAll(FrameSource in) {
        return in.readList("clears", FRAME_DECIDES, ClearLayout::read);
    }

    static void writeSummary(CopySummary summary, FrameSink out) {
        out.writeLong(summary.sum());
        out.writeLong(summary.mix());
        out.writeInt(summary.records());
        writeAll(summary.clears(), out);
    }

    static CopySummary readSummary(FrameSource in) {
        return new CopySummary(
                in.readLong("sum of copy"),
                in.readLong("mix of copy"),
                in.readInt("records of copy", 0, Integer.MAX_VALUE),
                readAll(in));
    }

    private static void writeKey(ClearMark.KeyLineage key, FrameSink out) {
        RecordLayout.writeKey(key.name(), out);
        LineageLayout.write(key.lineage(), out);
    }

    private static ClearMark.KeyLineage readKey(FrameSource in) {
        return new ClearMark.KeyLineage(RecordLayout.readKey(in), LineageLayout.read(in));
    }
}
