package dev.hypercache.cluster;

import static dev.hypercache.cluster.JcacheCall.GET;
import static dev.hypercache.cluster.JcacheCall.GET_AND_PUT;
import static dev.hypercache.cluster.JcacheCall.GET_AND_REMOVE;
import static dev.hypercache.cluster.JcacheCall.GET_AND_REPLACE;
import static dev.hypercache.cluster.JcacheCall.PUT;
import static dev.hypercache.cluster.JcacheCall.PUT_IF_ABSENT;
import static dev.hypercache.cluster.JcacheCall.REMOVE;
import static dev.hypercache.cluster.JcacheCall.REMOVE_IF_EQUAL;
import static dev.hypercache.cluster.JcacheCall.REPLACE;
import static dev.hypercache.cluster.JcacheCall.REPLACE_IF_EQUAL;

import dev.hypercache.cluster.CallWriter.Wish;
import javax.cache.Cache;

/** The methods of JCache that concern one key. */
record SingleCalls(CallWriter writer) {

    static final JcacheCall[] KINDS = {
        GET,
        PUT,
        PUT_IF_ABSENT,
        REPLACE,
        REPLACE_IF_EQUAL,
        REMOVE,
        REMOVE_IF_EQUAL,
        GET_AND_PUT,
        GET_AND_REPLACE,
        GET_AND_REMOVE
    };

    /**
     * Makes a call.
     *
     * @param value what it stores, if it stores something
     * @param expected what it expects to find, if it expects something
     * @return what its caller was told
     */
    String make(JcacheCall call, String name, Cache<String, String> cache, String key, String value, String expected) {
        Wish wish = switch (call) {
            case PUT, PUT_IF_ABSENT, REPLACE, GET_AND_PUT, GET_AND_REPLACE -> Wish.storing(call, key, value);
            case REPLACE_IF_EQUAL -> new Wish(call, key, value, expected);
            case REMOVE_IF_EQUAL -> new Wish(call, key, null, expected);
            default -> Wish.of(call, key);
        };
        return writer.write(name, wish, () -> told(wish, cache, value, expected));
    }

    private static String told(Wish wish, Cache<String, String> cache, String value, String expected) {
        String key = wish.key();
        return switch (wish.call()) {
            case GET -> Report.valueOf(cache.get(key));
            case PUT -> {
                cache.put(key, value);
                yield Report.DONE;
            }
            case PUT_IF_ABSENT -> Boolean.toString(cache.putIfAbsent(key, value));
            case REPLACE -> Boolean.toString(cache.replace(key, value));
            case REPLACE_IF_EQUAL -> Boolean.toString(cache.replace(key, expected, value));
            case REMOVE -> Boolean.toString(cache.remove(key));
            case REMOVE_IF_EQUAL -> Boolean.toString(cache.remove(key, expected));
            case GET_AND_PUT -> Report.valueOf(cache.getAndPut(key, value));
            case GET_AND_REPLACE -> Report.valueOf(cache.getAndReplace(key, value));
            case GET_AND_REMOVE -> Report.valueOf(cache.getAndRemove(key));
            default -> throw new IllegalArgumentException(wish.call() + " does not concern one key");
        };
    }
}
