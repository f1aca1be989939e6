package dev.hypercache.transport.frame;

import dev.hypercache.core.message.AskPage;
import dev.hypercache.core.message.EntryPage;
import java.util.List;

/** What concerns a cache in a slot rather than one of its entries: codes 80 to 95. */
final class CacheVerbs {

    private CacheVerbs() {}

    static List<Verb<?>> all() {
        return List.of(
                new Verb<>(80, AskPage.class, CacheVerbs::writeAskPage, CacheVerbs::readAskPage),
                new Verb<>(81, EntryPage.class, CacheVerbs::writeEntryPage, CacheVerbs::readEntryPage));
    }

    private static void writeAskPage(AskPage ask, FrameSink out) {
        RequestVerbs.writeHead(ask.head(), out);
        out.writeInt(ask.cache());
        out.writeLong(ask.from());
    }

    private static AskPage readAskPage(int slot, FrameSource in) {
        return new AskPage(slot, RequestVerbs.readHead(in), in.readInt("cache"), in.readLong("hash"));
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
}
