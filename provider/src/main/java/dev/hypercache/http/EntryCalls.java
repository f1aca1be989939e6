package dev.hypercache.http;

import dev.hypercache.http.Target.Fields;
import dev.hypercache.runtime.call.IndeterminateResultException;
import dev.hypercache.runtime.call.NamedCache;
import dev.hypercache.runtime.call.NamedCaches;
import dev.hypercache.runtime.call.RequestFailedException;
import dev.hypercache.runtime.call.RequestTimeoutException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What requests do to entries, and what their callers are told. Waits for the ring. Stateless. */
final class EntryCalls {

    private final NamedCaches caches;

    EntryCalls(NamedCaches caches) {
        this.caches = caches;
    }

    FaceAnswer get(Target target) {
        NamedCache cache = cacheFor(target);
        Object value = performed(target, () -> cache.get(target.key(), target.level()));
        if (value == null) {
            throw new FaceFailure(FaceError.ABSENT, "the cache has no entry of that key");
        }
        FaceType type = FaceType.of(value);
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put(Fields.CACHE, target.cache());
        body.put(Fields.KEY, target.keyType().write(target.key()));
        body.put(Fields.KEY_TYPE, target.keyType().text());
        body.put(Fields.VALUE, type.write(value));
        body.put(Fields.TYPE, type.text());
        return FaceAnswer.ok(body);
    }

    FaceAnswer set(SetBody body) {
        Target target = body.target();
        NamedCache cache = writableFor(target);
        requireType("value", body.value(), cache.valueType());
        return changed(target, Fields.STORED, () -> {
            cache.put(target.key(), body.value(), target.level(), body.lifeMillis());
            return true;
        });
    }

    FaceAnswer delete(Target target) {
        NamedCache cache = writableFor(target);
        return changed(target, Fields.REMOVED, () -> cache.remove(target.key(), target.level()));
    }

    private NamedCache cacheFor(Target target) {
        NamedCache cache = performed(target, () -> caches.find(target.cache()));
        if (cache == null) {
            throw unknown();
        }
        requireType("key", target.key(), cache.keyType());
        return cache;
    }

    private static FaceFailure unknown() {
        return new FaceFailure(
                FaceError.CACHE_UNKNOWN, "no cache of that name is open on this node; an application must create it");
    }

    private NamedCache writableFor(Target target) {
        NamedCache cache = cacheFor(target);
        if (cache.writesThrough()) {
            throw new FaceFailure(
                    FaceError.WRITE_THROUGH,
                    "the cache writes through to a store of its application, and takes writes from there only");
        }
        return cache;
    }

    private static void requireType(String what, Object given, Class<?> wanted) {
        if (!wanted.isInstance(given)) {
            throw new FaceFailure(
                    FaceError.WRONG_TYPE,
                    "the cache takes a " + what + " of " + wanted.getName() + ", and not "
                            + FaceType.of(given).text());
        }
    }

    private FaceAnswer changed(Target target, String field, Supplier<Boolean> change) {
        boolean done;
        try {
            done = Boolean.TRUE.equals(this.<Boolean>performed(target, () -> change.get()));
        } catch (IllegalArgumentException refused) {
            if (target.level() == null) {
                throw refused;
            }
            throw new FaceFailure(
                    FaceError.LEVEL,
                    "the cache cannot be written at level " + target.level()
                            + ": a cache written at ONE takes ONE, every other its own level or ALL");
        }
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put(field, done);
        return FaceAnswer.ok(body);
    }

    /** Calls the cache, and says in terms of HTTP what stood in the way. */
    private <T> @Nullable T performed(Target target, Supplier<@Nullable T> call) {
        try {
            return call.get();
        } catch (RequestFailedException e) {
            FaceError error = switch (e.code()) {
                case "OVERLOADED" -> FaceError.OVERLOADED;
                case "CLOSED" -> FaceError.CLOSED;
                default -> FaceError.NO_QUORUM;
            };
            throw new FaceFailure(error, String.valueOf(e.getMessage()));
        } catch (RequestTimeoutException e) {
            throw new FaceFailure(FaceError.KEY_HELD, String.valueOf(e.getMessage()));
        } catch (IndeterminateResultException e) {
            throw new FaceFailure(FaceError.INDETERMINATE, String.valueOf(e.getMessage()));
        } catch (IllegalStateException e) {
            if (caches.find(target.cache()) == null) {
                throw unknown();
            }
            throw e;
        }
    }
}
