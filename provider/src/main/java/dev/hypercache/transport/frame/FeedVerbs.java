package dev.hypercache.transport.frame;

import dev.hypercache.core.message.AskHeard;
import dev.hypercache.core.message.CacheInterest;
import dev.hypercache.core.message.Changes;
import dev.hypercache.core.message.FeedMessage;
import dev.hypercache.core.message.Heard;
import dev.hypercache.core.message.InterestHeard;
import dev.hypercache.core.message.ListenersTold;
import dev.hypercache.core.message.ShowInterest;
import dev.hypercache.core.message.ToldChange;
import dev.hypercache.core.op.Change;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.record.Version;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What those who listen to changes and leaders say to each other: codes 87 to 92; 82 to 84 are not used any more. */
final class FeedVerbs {

    private FeedVerbs() {}

    static List<Verb<?>> all() {
        return List.of(
                new Verb<>(87, ShowInterest.class, FeedVerbs::writeInterest, FeedVerbs::readInterest),
                new Verb<>(88, InterestHeard.class, FeedVerbs::writeInterestHeard, FeedVerbs::readInterestHeard),
                new Verb<>(89, AskHeard.class, FeedVerbs::writeAskHeard, FeedVerbs::readAskHeard),
                new Verb<>(90, Heard.class, FeedVerbs::writeHeard, FeedVerbs::readHeard),
                new Verb<>(91, Changes.class, FeedVerbs::writeChanges, FeedVerbs::readChanges),
                new Verb<>(92, ListenersTold.class, FeedVerbs::writeTold, FeedVerbs::readTold));
    }

    private static void writeInterest(ShowInterest interest, FrameSink out) {
        out.writeLong(interest.round());
        out.writeList(interest.caches(), ShowInterest.CACHES_MAX, FeedVerbs::writeCache);
    }

    private static void writeCache(CacheInterest cache, FrameSink out) {
        out.writeInt(cache.cache());
        out.writeFlag(cache.synchronous());
        out.writeFlag(cache.wantsOld());
    }

    private static ShowInterest readInterest(int slot, FrameSource in) {
        return new ShowInterest(
                slot, in.readLong("round"), in.readList("caches", ShowInterest.CACHES_MAX, FeedVerbs::readCache));
    }

    private static CacheInterest readCache(FrameSource in) {
        return new CacheInterest(
                in.readInt("cache"), in.readFlag("mark of being awaited"), in.readFlag("mark of old values"));
    }

    private static void writeInterestHeard(InterestHeard heard, FrameSink out) {
        out.writeLong(heard.round());
    }

    private static InterestHeard readInterestHeard(int slot, FrameSource in) {
        return new InterestHeard(slot, in.readLong("round"));
    }

    private static void writeStream(FeedMessage message, FrameSink out) {
        out.writeLong(message.ballot());
        out.writeInt(message.cache());
        out.writeLong(message.stream());
    }

    private static void writeAskHeard(AskHeard ask, FrameSink out) {
        writeStream(ask, out);
        RecordLayout.writeVersion(ask.base(), out);
    }

    private static AskHeard readAskHeard(int slot, FrameSource in) {
        return new AskHeard(
                slot,
                in.readBallot("ballot"),
                in.readInt("cache"),
                in.readLong("stream"),
                RecordLayout.readVersion(in));
    }

    private static void writeHeard(Heard heard, FrameSink out) {
        writeStream(heard, out);
        out.writeLong(heard.number());
        out.writeOptional(heard.upTo(), RecordLayout::writeVersion);
        out.writeFlag(heard.again());
    }

    private static Heard readHeard(int slot, FrameSource in) {
        long ballot = in.readBallot("ballot");
        int cache = in.readInt("cache");
        long stream = in.readLong("stream");
        long number = in.readLong("number");
        Version upTo = in.readOptional("version", RecordLayout::readVersion);
        return new Heard(slot, ballot, cache, stream, number, upTo, in.readFlag("mark of a gap"));
    }

    private static void writeChanges(Changes changes, FrameSink out) {
        writeStream(changes, out);
        out.writeLong(changes.first());
        out.writeLong(changes.committed());
        out.writeList(
                changes.changes(), Changes.CHANGES_MAX, (change, sink) -> writeChange(changes.cache(), change, sink));
    }

    private static void writeChange(int cache, ToldChange change, FrameSink out) {
        out.writeKey(cache, change.key());
        LineageLayout.CHANGE.write(change.change(), out);
        out.writeOptional(change.before(), RecordLayout::writeRecord);
        RecordLayout.writeRecord(change.after(), out);
        out.writeFlag(change.awaited());
        out.writeFlag(change.own());
    }

    private static Changes readChanges(int slot, FrameSource in) {
        long ballot = in.readBallot("ballot");
        int cache = in.readInt("cache");
        return new Changes(
                slot,
                ballot,
                cache,
                in.readLong("stream"),
                in.readLong("number"),
                in.readLong("sequence"),
                in.readList("changes", Changes.CHANGES_MAX, source -> readChange(cache, source)));
    }

    private static ToldChange readChange(int cache, FrameSource in) {
        Object key = in.readKey(cache);
        Change change = LineageLayout.CHANGE.read(in);
        @Nullable StoredRecord before = in.readOptional("record before", RecordLayout::readRecord);
        StoredRecord after = RecordLayout.readRecord(in);
        return new ToldChange(
                key, change, before, after, in.readFlag("mark of being awaited"), in.readFlag("mark of the caller"));
    }

    private static void writeTold(ListenersTold told, FrameSink out) {
        writeStream(told, out);
        out.writeLong(told.number());
    }

    private static ListenersTold readTold(int slot, FrameSource in) {
        return new ListenersTold(
                slot, in.readBallot("ballot"), in.readInt("cache"), in.readLong("stream"), in.readLong("number"));
    }
}
