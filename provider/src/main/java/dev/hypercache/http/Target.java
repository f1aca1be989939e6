package dev.hypercache.http;

import dev.hypercache.runtime.call.ConsistencyLevel;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which entry a request is about, and at which level.
 *
 * @param cache the cache's name
 * @param key the key as the cache has it
 * @param keyType the key's type
 * @param level how many replicas it rests on, null for the cache's own level
 */
record Target(
        String cache,
        Object key,
        FaceType keyType,
        @Nullable ConsistencyLevel level) {

    /** Bytes of a key of text. */
    static final int KEY_BYTES_MAX = 1_024;

    /** What a query may hold. */
    static final Set<String> QUERY = Set.of(Fields.CACHE, Fields.KEY, Fields.KEY_TYPE, Fields.LEVEL);

    /** The fields of requests and answers. */
    static final class Fields {
        static final String CACHE = "cache";
        static final String KEY = "key";
        static final String KEY_TYPE = "keyType";
        static final String VALUE = "value";
        static final String TYPE = "type";
        static final String LEVEL = "level";
        static final String EXPIRY = "expiryMillis";
        static final String STORED = "stored";
        static final String REMOVED = "removed";
        static final String CODE = "code";
        static final String MESSAGE = "message";

        private Fields() {}
    }

    /** Checks the key. */
    Target {
        if (keyType == FaceType.JSON) {
            throw FaceFailure.badRequest("a key is no json; use one of the other types");
        }
        if (key instanceof String text && !isKey(text)) {
            throw FaceFailure.badRequest(
                    "a key of text has 1 to " + KEY_BYTES_MAX + " bytes of UTF-8 without control characters");
        }
    }

    private static boolean isKey(String text) {
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        return bytes >= 1 && bytes <= KEY_BYTES_MAX && text.chars().noneMatch(Character::isISOControl);
    }

    /**
     * Reads the target from a query.
     *
     * @param query what stands behind the question mark, with its percent signs
     * @throws FaceFailure if a field is missing, unknown, there twice or malformed
     */
    static Target ofQuery(String query) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String pair : query.isEmpty() ? new String[0] : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            if (!QUERY.contains(name)) {
                throw FaceFailure.badRequest("the query knows cache, key, keyType and level, and not '" + name + "'");
            }
            if (fields.put(name, decoded(pair.substring(equals < 0 ? pair.length() : equals + 1))) != null) {
                throw FaceFailure.badRequest("'" + name + "' stands twice in the query");
            }
        }
        FaceType type = FaceType.named(fields.getOrDefault(Fields.KEY_TYPE, FaceType.STRING.text()));
        return new Target(
                required(fields, Fields.CACHE),
                type.parse(Fields.KEY, required(fields, Fields.KEY)),
                type,
                level(fields.get(Fields.LEVEL)));
    }

    private static String required(Map<String, String> fields, String name) {
        String text = fields.get(name);
        if (text == null) {
            throw FaceFailure.badRequest("the query lacks '" + name + "'");
        }
        return text;
    }

    private static String decoded(String text) {
        ByteBuffer bytes = ByteBuffer.allocate(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
                int low = i + 2 < text.length() ? Character.digit(text.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    throw FaceFailure.badRequest("a percent sign in the query has two hexadecimal digits behind it");
                }
                bytes.put((byte) (high << 4 | low));
                i += 2;
            } else {
                bytes.put((byte) c); // The gate lets nothing but ASCII through.
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException malformed) {
            throw FaceFailure.badRequest("text in the query is UTF-8");
        }
    }

    /** The level of a name, null if none is named. */
    static @Nullable ConsistencyLevel level(@Nullable Object name) {
        if (name == null) {
            return null;
        }
        for (ConsistencyLevel one : ConsistencyLevel.values()) {
            if (one.name().equals(name)) {
                return one;
            }
        }
        throw FaceFailure.badRequest("'level' is ONE, QUORUM or ALL");
    }
}
