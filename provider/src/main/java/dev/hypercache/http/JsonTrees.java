package dev.hypercache.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What JSON can say: checked on its way in, copied from whatever collections a cache holds on its way out. */
final class JsonTrees {

    /** As deep as values with a built-in encoding are. */
    private static final int DEPTH_MAX = 64;

    private JsonTrees() {}

    /** Text that every format can express. */
    static String requireText(String text) {
        if (!isText(text)) {
            throw FaceFailure.badRequest("text has a surrogate without its other half");
        }
        return text;
    }

    /** A message that may repeat what a parser took for text, as text. */
    static String asText(String message) {
        return message.replaceAll("\\p{Cs}", "?");
    }

    private static boolean isText(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (i + 1 == text.length() || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    /** A tree of a body as a value; null if it is null itself. */
    static @Nullable Object accept(@Nullable Object tree) {
        if (tree instanceof byte[]) {
            throw FaceFailure.badRequest("JSON holds no bytes; use the type bytes, or text");
        }
        if (tree instanceof Map<?, ?> map) {
            map.forEach((name, value) -> {
                requireText((String) name);
                accept(value);
            });
        } else if (tree instanceof List<?> list) {
            list.forEach(JsonTrees::accept);
        } else if (tree instanceof String text) {
            requireText(text);
        }
        return tree;
    }

    /**
     * The tree of a held value.
     *
     * @throws FaceFailure if there is none
     */
    static @Nullable Object tell(Object held) {
        return tell(held, DEPTH_MAX);
    }

    private static @Nullable Object tell(@Nullable Object held, int depth) {
        if (held == null || held instanceof Long || held instanceof Double || held instanceof Boolean) {
            return held;
        }
        if (held instanceof Integer || held instanceof Short || held instanceof Byte) {
            return ((Number) held).longValue();
        }
        if (held instanceof Float number) {
            return number.doubleValue();
        }
        if (held instanceof String text && isText(text)) {
            return text;
        }
        if (depth > 0 && held instanceof Map<?, ?> map) {
            return tellMap(map, depth);
        }
        if (depth > 0 && held instanceof List<?> list) {
            List<@Nullable Object> told = new ArrayList<>(list.size());
            list.forEach(element -> told.add(tell(element, depth - 1)));
            return told;
        }
        throw unrepresentable(held);
    }

    private static Map<String, @Nullable Object> tellMap(Map<?, ?> map, int depth) {
        Map<String, @Nullable Object> told = new LinkedHashMap<>();
        map.forEach((name, value) -> {
            if (!(name instanceof String text) || !isText(text)) {
                throw unrepresentable(map);
            }
            told.put(text, tell(value, depth - 1));
        });
        return told;
    }

    private static FaceFailure unrepresentable(Object held) {
        return new FaceFailure(
                FaceError.UNREPRESENTABLE,
                "the value holds a " + held.getClass().getName()
                        + ", or text that is none, which has no form here; read it through JCache");
    }
}
