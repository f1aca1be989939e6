package dev.hypercache.transport.frame;

import dev.hypercache.core.message.AskPage;
import dev.hypercache.core.message.CacheSize;
import dev.hypercache.core.message.CacheSizes;
import dev.hypercache.core.message.EntryPage;
import dev.hypercache.core.message.ReadCount;
import dev.hypercache.core.message.ReadCounts;
import java.util.List;

/** What concerns a cache in a slot rather than one of its entries: codes 80 to 95. */
final class CacheVerbs {

    private CacheVerbs() {}

    static List<Verb<?>> all() {
        return List.of(
                new Verb<>(80, AskPage.class, CacheVerbs::writeAskPage, CacheVerbs::readAskPage),
                new Verb<>(81, EntryPage.class, CacheVerbs::writeEntryPage, CacheVerbs::readEntryPage),
                new Verb<>(85, CacheSizes.class, CacheVerbs::writeSizes, CacheVerbs::readSizes),
                new Verb<>(86, ReadCounts.class, CacheVerbs::writeReads, CacheVerbs::readReads));
    }

    private static void writeAskPage(AskPage ask, FrameSink out) {
        RequestVerbs.writeHead(ask.head(), out);
        out.writeInt(ask.cache());
        out.writeLong(ask.from());
        out.writeFlag(ask.breaksHolds());
    }

    private static AskPage readAskPage(int slot, FrameSource in) {
        return new AskPage(
                slot,
                RequestVerbs.readHead(in),
                in.readInt("cache"),
                in.readLong("hash"),
                in.readFlag("mark of breaking"));
    }

    private static void writeEntryPage(EntryPage page, FrameSink out) {
        out.writeLong(page.request());
        out.writeInt(page.attempt());
        out.writeLong(page.ballot());
        out.writeInt(page.cache());
        out.writeList(page.keys(), Integer.MAX_VALUE, (key, sink) -> sink.writeKey(page.cache(), key));
        out.writeFlag(page.last());
        out.writeOptional(page.accept(), RequestVerbs::writeCallerAccept);
    }

    private static EntryPage readEntryPage(int slot, FrameSource in) {
        long request = in.readLong("request");
        int attempt = in.readInt("attempt");
        long ballot = in.readBallot("ballot");
        int cache = in.readInt("cache");
        return new EntryPage(
                slot,
                request,
                attempt,
                ballot,
                cache,
                in.readList("keys", Integer.MAX_VALUE, source -> source.readKey(cache)),
                in.readFlag("mark of the last page"),
                in.readOptional("accept", RequestVerbs::readCallerAccept));
    }

    private static void writeSizes(CacheSizes sizes, FrameSink out) {
        out.writeList(sizes.sizes(), CacheSizes.SIZES_MAX, CacheVerbs::writeSize);
    }

    private static void writeSize(CacheSize size, FrameSink out) {
        out.writeInt(size.cache());
        out.writeLong(size.entriesMax());
        out.writeLong(size.weightMax());
        out.writeLong(size.entries());
        out.writeLong(size.weight());
    }

    private static CacheSizes readSizes(int slot, FrameSource in) {
        return new CacheSizes(slot, in.readList("sizes", CacheSizes.SIZES_MAX, CacheVerbs::readSize));
    }

    private static CacheSize readSize(FrameSource in) {
        return new CacheSize(
                in.readInt("cache"),
                in.readLong("most entries"),
                in.readLong("most bytes"),
                in.readLong("entries"),
                in.readLong("bytes"));
    }

    private static void writeReads(ReadCounts counts, FrameSink out) {
        out.writeList(counts.counts(), ReadCounts.COUNTS_MAX, CacheVerbs::writeRead);
    }

    private static void writeRead(ReadCount count, FrameSink out) {
        RecordLayout.writeKey(count.name(), out);
        out.writeInt(count.reads());
    }

    private static ReadCounts readReads(int slot, FrameSource in) {
        return new ReadCounts(slot, in.readList("counts", ReadCounts.COUNTS_MAX, CacheVerbs::readRead));
    }

    private static ReadCount readRead(FrameSource in) {
        return new ReadCount(RecordLayout.readKey(in), in.readInt("reads"));
    }
}
