package dev.hypercache.http;

import dev.hypercache.http.Target.Fields;
import dev.hypercache.runtime.call.NamedCache;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a request to set an entry says.
 *
 * @param target which entry
 * @param value the value as the cache has it
 * @param lifeMillis how long the entry lives in milliseconds, or {@link NamedCache#LIFE_OF_POLICY}
 */
record SetBody(Target target, Object value, long lifeMillis) {

    /** What a body may hold. */
    static final Set<String> FIELDS =
            Set.of(Fields.CACHE, Fields.KEY, Fields.KEY_TYPE, Fields.VALUE, Fields.TYPE, Fields.LEVEL, Fields.EXPIRY);

    /** Longest life: ten years. */
    static final long LIFE_MILLIS_MAX = 10L * 366 * 24 * 3_600_000;

    /**
     * Reads a body.
     *
     * @throws FaceFailure if a field is missing, unknown or malformed
     */
    static SetBody of(Map<String, @Nullable Object> fields) {
        for (String name : fields.keySet()) {
            if (!FIELDS.contains(name)) {
                throw FaceFailure.badRequest(
                        "a body has cache, key, keyType, value, type, level and expiryMillis, and no other field");
            }
        }
        Object keyType = fields.get(Fields.KEY_TYPE);
        FaceType ofKey = keyType == null ? FaceType.STRING : FaceType.named(text(fields, Fields.KEY_TYPE));
        FaceType ofValue = FaceType.named(text(fields, Fields.TYPE));
        Target target = new Target(
                text(fields, Fields.CACHE),
                ofKey.read(Fields.KEY, fields.get(Fields.KEY)),
                ofKey,
                Target.level(fields.get(Fields.LEVEL)));
        return new SetBody(target, ofValue.read(Fields.VALUE, fields.get(Fields.VALUE)), life(fields));
    }

    private static String text(Map<String, @Nullable Object> fields, String name) {
        if (fields.get(name) instanceof String text) {
            return text;
        }
        throw FaceFailure.badRequest("the body lacks '" + name + "', which is text");
    }

    private static long life(Map<String, @Nullable Object> fields) {
        Object life = fields.get(Fields.EXPIRY);
        if (life == null) {
            return NamedCache.LIFE_OF_POLICY;
        }
        if (life instanceof Long millis && millis >= 1 && millis <= LIFE_MILLIS_MAX) {
            return millis;
        }
        throw FaceFailure.badRequest("'expiryMillis' is an integer from 1 to " + LIFE_MILLIS_MAX);
    }
}
