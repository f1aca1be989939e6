package dev.hypercache.transport.frame;

import dev.hypercache.core.message.ClearKnowledge;
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
        RecordLayout.writeVersion(mark.origin(), out);
        out.writeList(mark.ancestors(), FRAME_DECIDES, RecordLayout::writeVersion);
        LineageLayout.write(mark.lineage(), out);
        out.writeList(mark.keys(), FRAME_DECIDES, ClearLayout::writeKey);
    }

    static ClearMark read(FrameSource in) {
        return new ClearMark(
                in.readInt("cache of clear"),
                RecordLayout.readVersion(in),
                RecordLayout.readVersion(in),
                in.readList("ancestors of clear", FRAME_DECIDES, RecordLayout::readVersion),
                LineageLayout.read(in),
                in.readList("keys of clear", FRAME_DECIDES, ClearLayout::readKey));
    }

    static void writeAll(List<ClearMark> marks, FrameSink out) {
        out.writeList(marks, FRAME_DECIDES, ClearLayout::write);
    }

    static List<ClearMark> readAll(FrameSource in) {
        return in.readList("clears", FRAME_DECIDES, ClearLayout::read);
    }

    static void writeAllKnown(List<ClearKnowledge> knowledge, FrameSink out) {
        out.writeList(knowledge, FRAME_DECIDES, ClearLayout::writeKnown);
    }

    static List<ClearKnowledge> readAllKnown(FrameSource in) {
        return in.readList("knowledge of clears", FRAME_DECIDES, ClearLayout::readKnown);
    }

    private static void writeKnown(ClearKnowledge known, FrameSink out) {
        out.writeInt(known.cache());
        out.writeLong(known.ballot());
        out.writeOptional(known.cleared(), RecordLayout::writeVersion);
    }

    private static ClearKnowledge readKnown(FrameSource in) {
        return new ClearKnowledge(
                in.readInt("cache of knowledge"),
                in.readBallot("ballot of knowledge"),
                in.readOptional("known clear", RecordLayout::readVersion));
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
