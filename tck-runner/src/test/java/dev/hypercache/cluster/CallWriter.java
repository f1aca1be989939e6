package dev.hypercache.cluster;

import dev.hypercache.runtime.call.RequestFailedException;
import dev.hypercache.runtime.call.RequestTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/** Makes the calls of one client and writes down each, before and after. Confined to the client's thread. */
final class CallWriter {

    private static final long IDS_OF_CLIENT = 1_000_000_000;

    private final int client;
    private final Consumer<String> events;
    private long lastId;

    /** @param client its number, unique in the run */
    CallWriter(int client, Consumer<String> events) {
        this.client = client;
        this.events = events;
        this.lastId = client * IDS_OF_CLIENT;
    }

    /** What a client wants to do to one key. */
    record Wish(
            JcacheCall call,
            String key,
            @Nullable String value,
            @Nullable String expected) {

        static Wish of(JcacheCall call, String key) {
            return new Wish(call, key, null, null);
        }

        static Wish storing(JcacheCall call, String key, String value) {
            return new Wish(call, key, value, null);
        }
    }

    /**
     * Makes a call on one key.
     *
     * @param how makes it and says what its caller was told
     * @return that
     */
    String write(String cache, Wish wish, Supplier<String> how) {
        return write(cache, List.of(wish), () -> List.of(how.get())).get(0);
    }

    /** Makes one call on several keys; what is told is told of each. */
    List<String> write(String cache, List<Wish> wishes, Supplier<List<String>> how) {
        long nanos = System.nanoTime();
        List<Report> reports = new ArrayList<>();
        for (Wish wish : wishes) {
            reports.add(
                    new Report(++lastId, client, cache, wish.call(), wish.key(), wish.value(), wish.expected(), nanos));
        }
        reports.forEach(report -> events.accept(report.begin()));
        List<String> told;
        try {
            told = how.get();
        } catch (CacheException | IllegalStateException e) {
            told = wishes.stream().map(wish -> trouble(wish.call(), e)).toList();
        }
        for (int i = 0; i < reports.size(); i++) {
            events.accept(reports.get(i).end(told.get(i)));
        }
        return told;
    }

    /** What an exception says of a key. */
    private static String trouble(JcacheCall call, RuntimeException e) {
        boolean isOfOneKey = switch (call) {
            case PUT_ALL, REMOVE_ALL, CLEAR -> false;
            default -> true;
        };
        boolean isRefusal = e instanceof RequestFailedException || e instanceof RequestTimeoutException;
        return call.isRead() || isRefusal && isOfOneKey ? Report.FAILED : Report.UNKNOWN;
    }
}
