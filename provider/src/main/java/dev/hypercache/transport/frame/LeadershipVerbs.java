package dev.hypercache.transport.frame;

import dev.hypercache.core.message.AskRecords;
import dev.hypercache.core.message.AskVersions;
import dev.hypercache.core.message.FloorRaised;
import dev.hypercache.core.message.HandOver;
import dev.hypercache.core.message.Prepare;
import dev.hypercache.core.message.Promise;
import dev.hypercache.core.message.RaiseFloor;
import dev.hypercache.core.message.RecordPage;
import dev.hypercache.core.message.Refusal;
import dev.hypercache.core.message.VersionPage;
import java.util.List;

/** How a slot gets a leader, and how that one learns what the replicas hold: codes 1 to 15. */
final class LeadershipVerbs {

    /** The most pages in an answer, a thousand million keys: whoever collects the pages marks each by its number. */
    static final int PAGES_MAX = 1 << 20;

    private LeadershipVerbs() {}

    static List<Verb<?>> all() {
        return List.of(
                new Verb<>(1, Prepare.class, LeadershipVerbs::writePrepare, LeadershipVerbs::readPrepare),
                new Verb<>(2, Promise.class, LeadershipVerbs::writePromise, LeadershipVerbs::readPromise),
                new Verb<>(3, Refusal.class, LeadershipVerbs::writeRefusal, LeadershipVerbs::readRefusal),
                new Verb<>(4, AskVersions.class, LeadershipVerbs::writeAskVersions, LeadershipVerbs::readAskVersions),
                new Verb<>(5, VersionPage.class, LeadershipVerbs::writeVersionPage, LeadershipVerbs::readVersionPage),
                new Verb<>(6, AskRecords.class, LeadershipVerbs::writeAskRecords, LeadershipVerbs::readAskRecords),
                new Verb<>(7, RecordPage.class, LeadershipVerbs::writeRecordPage, LeadershipVerbs::readRecordPage),
                new Verb<>(8, HandOver.class, LeadershipVerbs::writeHandOver, LeadershipVerbs::readHandOver),
                new Verb<>(9, RaiseFloor.class, LeadershipVerbs::writeRaiseFloor, LeadershipVerbs::readRaiseFloor),
                new Verb<>(10, FloorRaised.class, LeadershipVerbs::writeFloorRaised, LeadershipVerbs::readFloorRaised));
    }

    private static void writePrepare(Prepare prepare, FrameSink out) {
        out.writeLong(prepare.ballot());
    }

    private static Prepare readPrepare(int slot, FrameSource in) {
        return new Prepare(slot, in.readBallot("ballot"));
    }

    private static void writePromise(Promise promise, FrameSink out) {
        out.writeLong(promise.ballot());
        out.writeLong(promise.before());
        out.writeLong(promise.copy());
        ClearLayout.writeSummary(promise.summary(), out);
        RecordLayout.writeVersion(promise.floor(), out);
        out.writeLong(promise.slotTimeMillis());
        out.writeLong(promise.clockMillis());
    }

    private static Promise readPromise(int slot, FrameSource in) {
        return new Promise(
                slot,
                in.readBallot("ballot"),
                in.readLong("ballot before"),
                in.readLong("copy"),
                ClearLayout.readSummary(in),
                RecordLayout.readVersion(in),
                in.readLong("slot time"),
                in.readLong("clock"));
    }

    private static void writeRaiseFloor(RaiseFloor raise, FrameSink out) {
        out.writeLong(raise.ballot());
        out.writeLong(raise.copy());
        RecordLayout.writeVersion(raise.floor(), out);
        out.writeLong(raise.slotTimeMillis());
    }

    private static RaiseFloor readRaiseFloor(int slot, FrameSource in) {
        return new RaiseFloor(
                slot,
                in.readBallot("ballot"),
                in.readLong("copy"),
                RecordLayout.readVersion(in),
                in.readLong("slot time"));
    }

    private static void writeFloorRaised(FloorRaised raised, FrameSink out) {
        out.writeLong(raised.ballot());
        out.writeLong(raised.copy());
        RecordLayout.writeVersion(raised.floor(), out);
    }

    private static FloorRaised readFloorRaised(int slot, FrameSource in) {
        return new FloorRaised(slot, in.readBallot("ballot"), in.readLong("copy"), RecordLayout.readVersion(in));
    }

    private static void writeRefusal(Refusal refusal, FrameSink out) {
        out.writeLong(refusal.ballot());
        out.writeLong(refusal.promised());
        out.writeInt(refusal.epoch());
    }

    private static Refusal readRefusal(int slot, FrameSource in) {
        return new Refusal(
                slot,
                in.readBallot("ballot"),
                in.readBallot("promised ballot"),
                in.readInt("epoch", 0, Integer.MAX_VALUE));
    }

    private static void writeAskVersions(AskVersions ask, FrameSink out) {
        out.writeLong(ask.ballot());
        out.writeInt(ask.attempt());
    }

    private static AskVersions readAskVersions(int slot, FrameSource in) {
        return new AskVersions(slot, in.readBallot("ballot"), in.readInt("attempt"));
    }

    private static void writeVersionPage(VersionPage page, FrameSink out) {
        out.writeLong(page.ballot());
        out.writeLong(page.copy());
        out.writeInt(page.attempt());
        out.writeInt(page.page());
        out.writeInt(page.pages());
        out.writeList(page.versions(), VersionPage.VERSIONS_MAX, RecordLayout::writeKeyVersion);
        ClearLayout.writeAll(page.clears(), out);
        ClearLayout.writeAllKnown(page.knowledge(), out);
    }

    private static VersionPage readVersionPage(int slot, FrameSource in) {
        long ballot = in.readBallot("ballot");
        long copy = in.readLong("copy");
        int attempt = in.readInt("attempt");
        int page = in.readInt("page", 0, PAGES_MAX - 1);
        return new VersionPage(
                slot,
                ballot,
                copy,
                attempt,
                page,
                in.readInt("pages", page + 1, PAGES_MAX),
                in.readList("versions", VersionPage.VERSIONS_MAX, RecordLayout::readKeyVersion),
                ClearLayout.readAll(in),
                ClearLayout.readAllKnown(in));
    }

    private static void writeAskRecords(AskRecords ask, FrameSink out) {
        out.writeLong(ask.ballot());
        out.writeList(ask.names(), AskRecords.RECORDS_MAX, RecordLayout::writeKey);
    }

    private static AskRecords readAskRecords(int slot, FrameSource in) {
        return new AskRecords(
                slot, in.readBallot("ballot"), in.readList("names", AskRecords.RECORDS_MAX, RecordLayout::readKey));
    }

    private static void writeRecordPage(RecordPage page, FrameSink out) {
        out.writeLong(page.ballot());
        out.writeList(page.entries(), AskRecords.RECORDS_MAX, RecordLayout::writeEntry);
        out.writeLong(page.slotTimeMillis());
    }

    private static RecordPage readRecordPage(int slot, FrameSource in) {
        return new RecordPage(
                slot,
                in.readBallot("ballot"),
                in.readList("entries", AskRecords.RECORDS_MAX, RecordLayout::readEntry),
                in.readLong("slot time"));
    }

    private static void writeHandOver(HandOver handOver, FrameSink out) {
        out.writeLong(handOver.ballot());
    }

    private static HandOver readHandOver(int slot, FrameSource in) {
        return new HandOver(slot, in.readBallot("ballot"));
    }
}
