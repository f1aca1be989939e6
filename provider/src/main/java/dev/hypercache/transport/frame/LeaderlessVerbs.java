package dev.hypercache.transport.frame;

import dev.hypercache.core.message.AskHybridPage;
import dev.hypercache.core.message.ClearStored;
import dev.hypercache.core.message.HybridRead;
import dev.hypercache.core.message.Perform;
import dev.hypercache.core.message.PerformClear;
import dev.hypercache.core.message.ReadHybrid;
import dev.hypercache.core.message.RequestHead;
import dev.hypercache.core.message.Store;
import dev.hypercache.core.message.StoreClear;
import dev.hypercache.core.message.Stored;
import java.util.List;

/** What is asked of replicas of caches that nobody orders, and what they answer: codes 64 to 71, and 79. */
final class LeaderlessVerbs {

    private LeaderlessVerbs() {}

    static List<Verb<?>> all() {
        return List.of(
                new Verb<>(64, Perform.class, LeaderlessVerbs::writePerform, LeaderlessVerbs::readPerform),
                new Verb<>(
                        65, PerformClear.class, LeaderlessVerbs::writePerformClear, LeaderlessVerbs::readPerformClear),
                new Verb<>(66, Store.class, LeaderlessVerbs::writeStore, LeaderlessVerbs::readStore),
                new Verb<>(67, Stored.class, LeaderlessVerbs::writeStored, LeaderlessVerbs::readStored),
                new Verb<>(68, StoreClear.class, LeaderlessVerbs::writeStoreClear, LeaderlessVerbs::readStoreClear),
                new Verb<>(69, ClearStored.class, LeaderlessVerbs::writeClearStored, LeaderlessVerbs::readClearStored),
                new Verb<>(70, ReadHybrid.class, LeaderlessVerbs::writeReadHybrid, LeaderlessVerbs::readReadHybrid),
                new Verb<>(71, HybridRead.class, LeaderlessVerbs::writeHybridRead, LeaderlessVerbs::readHybridRead),
                new Verb<>(79, AskHybridPage.class, LeaderlessVerbs::writeAskPage, LeaderlessVerbs::readAskPage));
    }

    private static void writeAskPage(AskHybridPage ask, FrameSink out) {
        RequestVerbs.writeHead(ask.head(), out);
        out.writeInt(ask.cache());
        out.writeLong(ask.from());
    }

    private static AskHybridPage readAskPage(int slot, FrameSource in) {
        return new AskHybridPage(slot, RequestVerbs.readHead(in), in.readInt("cache"), in.readLong("hash"));
    }

    private static void writePerform(Perform perform, FrameSink out) {
        RequestVerbs.writeHead(perform.head(), out);
        out.writeInt(perform.cache());
        OpLayout.write(perform.op(), perform.cache(), out);
    }

    private static Perform readPerform(int slot, FrameSource in) {
        RequestHead head = RequestVerbs.readHead(in);
        int cache = in.readInt("cache");
        return new Perform(slot, head, cache, OpLayout.read(cache, in));
    }

    private static void writePerformClear(PerformClear clear, FrameSink out) {
        RequestVerbs.writeHead(clear.head(), out);
        out.writeInt(clear.cache());
    }

    private static PerformClear readPerformClear(int slot, FrameSource in) {
        return new PerformClear(slot, RequestVerbs.readHead(in), in.readInt("cache"));
    }

    private static void writeStore(Store store, FrameSink out) {
        HybridLayout.writeHead(store.holder(), out);
        RecordLayout.writeKey(store.name(), out);
        RecordLayout.writeRecord(store.record(), out);
    }

    private static Store readStore(int slot, FrameSource in) {
        return new Store(slot, HybridLayout.readHead(in), RecordLayout.readKey(in), HybridLayout.readRecord(in));
    }

    private static void writeStored(Stored stored, FrameSink out) {
        HybridLayout.writeHead(stored.holder(), out);
        RecordLayout.writeKey(stored.name(), out);
        HybridLayout.writeVersion(stored.version(), out);
        HybridLayout.writeVerdict(stored.verdict(), out);
        HybridLayout.writeVersion(stored.held(), out);
    }

    private static Stored readStored(int slot, FrameSource in) {
        return new Stored(
                slot,
                HybridLayout.readHead(in),
                RecordLayout.readKey(in),
                HybridLayout.readVersion(in),
                HybridLayout.readVerdict(in),
                HybridLayout.readVersion(in));
    }

    private static void writeStoreClear(StoreClear clear, FrameSink out) {
        HybridLayout.writeHead(clear.holder(), out);
        out.writeInt(clear.cache());
        HybridLayout.writeVersion(clear.version(), out);
    }

    private static StoreClear readStoreClear(int slot, FrameSource in) {
        return new StoreClear(slot, HybridLayout.readHead(in), in.readInt("cache"), HybridLayout.readVersion(in));
    }

    private static void writeClearStored(ClearStored stored, FrameSink out) {
        HybridLayout.writeHead(stored.holder(), out);
        out.writeInt(stored.cache());
        HybridLayout.writeVersion(stored.version(), out);
        HybridLayout.writeVerdict(stored.verdict(), out);
    }

    private static ClearStored readClearStored(int slot, FrameSource in) {
        return new ClearStored(
                slot,
                HybridLayout.readHead(in),
                in.readInt("cache"),
                HybridLayout.readVersion(in),
                HybridLayout.readVerdict(in));
    }

    private static void writeReadHybrid(ReadHybrid read, FrameSink out) {
        out.writeLong(read.request());
        out.writeInt(read.epoch());
        RecordLayout.writeKey(read.name(), out);
    }

    private static ReadHybrid readReadHybrid(int slot, FrameSource in) {
        return new ReadHybrid(
                slot, in.readLong("request"), in.readInt("epoch", 0, Integer.MAX_VALUE), RecordLayout.readKey(in));
    }

    private static void writeHybridRead(HybridRead read, FrameSink out) {
        out.writeLong(read.request());
        out.writeFlag(read.refused());
        out.writeFlag(read.complete());
        HybridLayout.writeHead(read.holder(), out);
        out.writeOptional(read.record(), RecordLayout::writeRecord);
        HybridLayout.writeVersion(read.cleared(), out);
    }

    private static HybridRead readHybridRead(int slot, FrameSource in) {
        return new HybridRead(
                slot,
                in.readLong("request"),
                in.readFlag("mark of a refusal"),
                in.readFlag("mark of a complete copy"),
                HybridLayout.readHead(in),
                in.readOptional("record", HybridLayout::readRecord),
                HybridLayout.readVersion(in));
    }
}
