package dev.hypercache.http;

import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The types of keys and values that every client can write and read. Each has one class, so that what is set here is what
 * {@code cache.get} finds, and the other way round.
 */
enum FaceType {
    /** {@link String}. */
    STRING(String.class),
    /** {@link Integer}. */
    INT(Integer.class),
    /** {@link Long}. */
    LONG(Long.class),
    /** {@link Double}. */
    DOUBLE(Double.class),
    /** {@link Boolean}. */
    BOOLEAN(Boolean.class),
    /** {@code byte[]}; Base64 where a format has no bytes. */
    BYTES(byte[].class),
    /** Maps with text keys, lists and what they hold: {@code LinkedHashMap}, {@code ArrayList}, long, double, text, null. */
    JSON(Object.class);

    private static final String KNOWN =
            Arrays.stream(values()).map(FaceType::text).collect(Collectors.joining(", "));

    private final Class<?> type;

    FaceType(Class<?> type) {
        this.type = type;
    }

    /** The name on the wire. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Finds a type by its name on the wire.
     *
     * @throws FaceFailure if there is none of that name; the message lists those that there are
     */
    static FaceType named(String name) {
        for (FaceType one : values()) {
            if (one.text().equals(name)) {
                return one;
            }
        }
        throw new FaceFailure(
                FaceError.UNKNOWN_TYPE, "the types are " + KNOWN + ", and none of them is '" + name + "'");
    }

    /**
     * Makes the object of this type that a body names.
     *
     * @param field where it stands, for the message
     * @throws FaceFailure if it is of another type or out of range
     */
    Object read(String field, @Nullable Object tree) {
        Object read = switch (this) {
            case STRING -> tree instanceof String text ? JsonTrees.requireText(text) : null;
            case INT -> tree instanceof Long number && number == number.intValue() ? number.intValue() : null;
            case LONG -> tree instanceof Long ? tree : null;
            case DOUBLE -> doubleOf(tree);
            case BOOLEAN -> tree instanceof Boolean ? tree : null;
            case BYTES -> tree instanceof String text ? base64(text) : tree instanceof byte[] ? tree : null;
            case JSON -> JsonTrees.accept(tree);
        };
        if (read == null) {
            throw FaceFailure.badRequest("'" + field + "' is no " + text());
        }
        return read;
    }

    private static @Nullable Object doubleOf(@Nullable Object tree) {
        if (tree instanceof Long number) {
            return number.doubleValue();
        }
        return tree instanceof String text ? notFinite(text) : tree instanceof Double ? tree : null;
    }

    private static @Nullable Object notFinite(String text) {
        return switch (text) {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> null;
        };
    }

    private static byte @Nullable [] base64(String text) {
        try {
            return (text.indexOf('-') < 0 && text.indexOf('_') < 0 ? Base64.getDecoder() : Base64.getUrlDecoder())
                    .decode(text);
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }

    /**
     * Makes the object of this type that a query names.
     *
     * @throws FaceFailure if the text is none of this type
     */
    Object parse(String field, String text) {
        try {
            return switch (this) {
                case INT -> Integer.parseInt(text);
                case LONG -> Long.parseLong(text);
                case DOUBLE -> Double.parseDouble(text);
                case BOOLEAN -> read(field, text.equals("true") ? (Object) true : text.equals("false") ? false : text);
                default -> read(field, text);
            };
        } catch (NumberFormatException malformed) {
            throw FaceFailure.badRequest("'" + field + "' is no " + text());
        }
    }

    /** The type of an object, as far as its class tells. */
    static FaceType of(Object held) {
        for (FaceType one : values()) {
            if (one != JSON && one.type == held.getClass()) {
                return one;
            }
        }
        return JSON;
    }

    /**
     * The tree that stands for an object of this type.
     *
     * @throws FaceFailure if it holds something that no tree can stand for
     */
    @Nullable
    Object write(Object held) {
        if (this == INT) {
            return ((Integer) held).longValue();
        }
        return this == STRING || this == JSON ? JsonTrees.tell(held) : held;
    }
}
