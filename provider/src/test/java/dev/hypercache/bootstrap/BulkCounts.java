package dev.hypercache.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.bootstrap.RecordingTransports.Sent;
import dev.hypercache.core.message.AskHold;
import dev.hypercache.core.message.Execute;
import dev.hypercache.core.message.ExecuteClear;
import dev.hypercache.core.message.Message;
import dev.hypercache.core.message.ReadDigests;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;

/** Counts the requests of one caller of a ring of three at its transport. */
abstract class BulkCounts {

    static final int BOOKS = 600;

    private final Set<Long> holdsSeen = new HashSet<>();

    /** Whose requests are counted. */
    abstract CacheManager caller();

    /** Somebody else on the ring. */
    abstract CacheManager other();

    /** What the caller has sent since the last call. */
    abstract List<Sent> taken();

    static MutableConfiguration<String, String> plain() {
        return new MutableConfiguration<String, String>().setTypes(String.class, String.class);
    }

    static Map<String, String> books() {
        Map<String, String> books = new HashMap<>();
        for (int i = 0; i < BOOKS; i++) {
            books.put("book" + i, "text" + i);
        }
        return books;
    }

    Cache<String, String> create(MutableConfiguration<String, String> configuration) {
        Cache<String, String> cache = caller().createCache("books", configuration);
        cache.putAll(books());
        taken();
        return cache;
    }

    /** How many frames of the caller had messages of a kind in them that it had not sent before. */
    long frames(Collection<Sent> sent, Predicate<Message> kind) {
        return sent.stream()
                .filter(one -> kind.test(one.message()))
                .map(Sent::frame)
                .distinct()
                .count();
    }

    boolean isNewHold(Message message) {
        return message instanceof AskHold ask && holdsSeen.add(ask.hold());
    }

    static boolean isRead(Message message) {
        return message instanceof ReadDigests
                || message instanceof Execute execute && !execute.head().isRetried() && !changes(execute);
    }

    static boolean isChange(Message message) {
        return message instanceof ExecuteClear clear && !clear.head().isRetried()
                || message instanceof Execute execute && !execute.head().isRetried() && changes(execute);
    }

    private static boolean changes(Execute execute) {
        return execute.op().kind() != dev.hypercache.core.op.EntryOp.Kind.READ;
    }

    static void assertFew(long frames, String what) {
        assertThat(frames).as(what).isBetween(1L, 3L);
    }
}
