package dev.hypercache.transport.frame;

import dev.hypercache.core.message.Compare;
import dev.hypercache.core.message.Cut;
import dev.hypercache.core.message.CutReady;
import dev.hypercache.core.message.Filled;
import dev.hypercache.core.message.Floor;
import dev.hypercache.core.message.HybridPage;
import dev.hypercache.core.message.Retired;
import dev.hypercache.core.message.VersionPage;
import dev.hypercache.core.ring.MemberSet;
import java.util.List;

/** How the holders of caches that nobody orders come to hold the same and forget what is gone: codes 72 to 79. */
final class HolderVerbs {

    private HolderVerbs() {}

    static List<Verb<?>> all() {
        return List.of(
                new Verb<>(72, Compare.class, HolderVerbs::writeCompare, HolderVerbs::readCompare),
                new Verb<>(73, HybridPage.class, HolderVerbs::writePage, HolderVerbs::readPage),
                new Verb<>(74, Filled.class, HolderVerbs::writeFilled, HolderVerbs::readFilled),
                new Verb<>(75, Cut.class, HolderVerbs::writeCut, HolderVerbs::readCut),
                new Verb<>(76, CutReady.class, HolderVerbs::writeCutReady, HolderVerbs::readCutReady),
                new Verb<>(77, Floor.class, HolderVerbs::writeFloor, HolderVerbs::readFloor),
                new Verb<>(78, Retired.class, HolderVerbs::writeRetired, HolderVerbs::readRetired));
    }

    private static void writeCompare(Compare compare, FrameSink out) {
        HybridLayout.writeHead(compare.holder(), out);
        out.writeInt(compare.attempt());
        out.writeLong(compare.sum());
        out.writeLong(compare.mix());
    }

    private static Compare readCompare(int slot, FrameSource in) {
        return new Compare(
                slot, HybridLayout.readHead(in), in.readInt("attempt"), in.readLong("sum"), in.readLong("mix"));
    }

    private static void writePage(HybridPage page, FrameSink out) {
        HybridLayout.writeHead(page.holder(), out);
        out.writeInt(page.attempt());
        out.writeInt(page.page());
        out.writeInt(page.pages());
        out.writeFlag(page.complete());
        out.writeList(page.versions(), VersionPage.VERSIONS_MAX, HybridLayout::writeKeyVersion);
    }

    private static HybridPage readPage(int slot, FrameSource in) {
        return new HybridPage(
                slot,
                HybridLayout.readHead(in),
                in.readInt("attempt"),
                in.readInt("page", 0, Integer.MAX_VALUE),
                in.readInt("pages", 0, Integer.MAX_VALUE),
                in.readFlag("mark of a complete copy"),
                in.readList("versions", VersionPage.VERSIONS_MAX, HybridLayout::readKeyVersion));
    }

    private static void writeFilled(Filled filled, FrameSink out) {
        HybridLayout.writeHead(filled.holder(), out);
        out.writeLong(filled.floor());
        out.writeLong(filled.promise());
    }

    private static Filled readFilled(int slot, FrameSource in) {
        return new Filled(
                slot, HybridLayout.readHead(in), in.readBallot("stamp of floor"), in.readBallot("stamp of promise"));
    }

    private static void writeCut(Cut cut, FrameSink out) {
        HybridLayout.writeHead(cut.holder(), out);
        out.writeList(cut.holders(), MemberSet.SHORT_ID_MAX, (holder, sink) -> sink.writeInt(holder));
        out.writeLong(cut.stamp());
    }

    private static Cut readCut(int slot, FrameSource in) {
        return new Cut(
                slot,
                HybridLayout.readHead(in),
                in.readList(
                        "holders", MemberSet.SHORT_ID_MAX, source -> source.readInt("holder", 0, Integer.MAX_VALUE)),
                in.readBallot("stamp of cut"));
    }

    private static void writeCutReady(CutReady ready, FrameSink out) {
        HybridLayout.writeHead(ready.holder(), out);
        out.writeLong(ready.stamp());
    }

    private static CutReady readCutReady(int slot, FrameSource in) {
        return new CutReady(slot, HybridLayout.readHead(in), in.readBallot("stamp of cut"));
    }

    private static void writeFloor(Floor floor, FrameSink out) {
        HybridLayout.writeHead(floor.holder(), out);
        out.writeLong(floor.stamp());
    }

    private static Floor readFloor(int slot, FrameSource in) {
        return new Floor(slot, HybridLayout.readHead(in), in.readBallot("stamp of floor"));
    }

    private static void writeRetired(Retired retired, FrameSink out) {
        HybridLayout.writeHead(retired.holder(), out);
    }

    private static Retired readRetired(int slot, FrameSource in) {
        return new Retired(slot, HybridLayout.readHead(in));
    }
}
