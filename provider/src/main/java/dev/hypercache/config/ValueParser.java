package dev.hypercache.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the notations of {@link ValueType}.
 *
 * <p>Written by hand instead of with patterns: the defaults pass through here before the first put of an application,
 * and the first regular expression of a JVM costs more than all of them.
 */
final class ValueParser {
    private static final int LIST_SIZE_MAX = 10_000;

    private ValueParser() {}

    /** The value, or null when the text is not of the type or out of its bounds. */
    static @Nullable Object parse(ValueType type, String text) {
        return switch (type.form()) {
            case ON_OFF -> onOff(text);
            case NUMBER, POWER_OF_TWO -> number(type, digits(text));
            case DURATION -> duration(type, text);
            case BYTES -> number(type, bytes(text));
            case RATE -> number(type, text.endsWith("/s") ? bytes(text.substring(0, text.length() - 2)) : -1);
            case ADDRESS -> address(type.min(), text);
            case CHOICE -> choice(type.choices(), text);
            case SEEDS, LIST -> list(type, split(text));
            case NAME -> isName(text) ? text : null;
            case LOCATION, SECRET -> text;
            case EXPIRY -> expiry(text);
        };
    }

    /** The value of a {@code Duration} within the bounds; null when it is outside. */
    static @Nullable Duration duration(ValueType type, Duration duration) {
        boolean inRange = duration.compareTo(Duration.ofMillis(type.min())) >= 0
                && duration.compareTo(Duration.ofMillis(type.max())) <= 0;
        return inRange ? duration : null;
    }

    /** The number within the bounds; null when it is outside. */
    static @Nullable Long number(ValueType type, long value) {
        boolean fits = type.form() != ValueType.Form.POWER_OF_TWO || Long.bitCount(value) == 1;
        return fits && type.admits(value) ? Long.valueOf(value) : null;
    }

    /** The elements as a list; null when one is not legal. */
    static @Nullable List<String> list(ValueType type, Collection<?> elements) {
        if (elements.isEmpty() || elements.size() > LIST_SIZE_MAX) {
            return null;
        }
        List<String> list = new ArrayList<>(elements.size());
        for (Object element : elements) {
            String text = element instanceof String string ? string.trim() : "";
            if (text.isEmpty() || (type.form() == ValueType.Form.SEEDS && !isSeed(text))) {
                return null;
            }
            list.add(text);
        }
        return List.copyOf(list);
    }

    private static @Nullable Boolean onOff(String text) {
        if (text.equalsIgnoreCase("on") || text.equalsIgnoreCase("true")) {
            return Boolean.TRUE;
        }
        return text.equalsIgnoreCase("off") || text.equalsIgnoreCase("false") ? Boolean.FALSE : null;
    }

    /** A number of at most 18 decimal digits, which cannot overflow; −1 for anything else. */
    private static long digits(String text) {
        int length = text.length();
        if (length == 0 || length > 18) {
            return -1;
        }
        long value = 0;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = value * 10 + (c - '0');
        }
        return value;
    }

    /** Number of leading digits. */
    private static int digitCount(String text) {
        int i = 0;
        while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
            i++;
        }
        return i;
    }

    private static @Nullable Duration duration(ValueType type, String text) {
        if (text.startsWith("P")) {
            Duration iso = IsoDuration.parse(text);
            return iso == null ? null : duration(type, iso);
        }
        int split = digitCount(text);
        long unit = switch (text.substring(split)) {
            case "ms" -> 1;
            case "s" -> ValueType.SECOND;
            case "m" -> ValueType.MINUTE;
            case "h" -> ValueType.HOUR;
            case "d" -> ValueType.DAY;
            default -> 0;
        };
        long millis = product(digits(text.substring(0, split)), unit);
        return type.admits(millis) ? Duration.ofMillis(millis) : null;
    }

    private static long bytes(String text) {
        int split = digitCount(text);
        long unit = switch (text.substring(split)) {
            case "", "B" -> 1;
            case "KB" -> ValueType.KIB;
            case "MB" -> ValueType.MIB;
            case "GB" -> ValueType.GIB;
            case "TB" -> ValueType.KIB * ValueType.GIB;
            default -> 0;
        };
        return product(digits(text.substring(0, split)), unit);
    }

    /** The product, or −1 when the number is none, the unit is 0 (unknown) or the product overflows. */
    private static long product(long number, long unit) {
        return number < 0 || unit == 0 || number > Long.MAX_VALUE / unit ? -1 : number * unit;
    }

    private static @Nullable HostPort address(long portMin, String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1) {
            return null;
        }
        String host = text.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        if (bracketed) {
            host = host.substring(1, host.length() - 1);
        }
        long port = digits(text.substring(colon + 1));
        boolean legal = isHost(host, bracketed) && port >= portMin && port <= 65_535;
        return legal ? new HostPort(host, (int) port) : null;
    }

    private static boolean isHost(String host, boolean ipv6) {
        if (host.isEmpty() || host.length() > 255 || ipv6 != host.indexOf(':') >= 0) {
            return false;
        }
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (!isNameChar(c) && !(ipv6 && (c == ':' || c == '%'))) {
                return false;
            }
        }
        return true;
    }

    /** Whether a text is a comma-separated list of addresses that can be dialled. */
    static boolean areAddresses(String text) {
        for (String part : split(text)) {
            if (address(1, part) == null) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSeed(String text) {
        if (text.startsWith("file:")) {
            return text.length() > "file:".length();
        }
        return address(1, text.startsWith("dns:") ? text.substring("dns:".length()) : text) != null;
    }

    private static @Nullable String choice(List<String> words, String text) {
        for (String word : words) {
            if (word.equalsIgnoreCase(text)) {
                return word;
            }
        }
        return null;
    }

    private static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int comma = text.indexOf(','); comma >= 0; comma = text.indexOf(',', from)) {
            parts.add(text.substring(from, comma));
            from = comma + 1;
        }
        parts.add(text.substring(from));
        return parts;
    }

    /** Whether a text may name a ring, node, zone or manager: such names appear in JMX names, certificates and logs. */
    static boolean isName(String text) {
        if (text.isEmpty() || text.length() > 128) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (!isNameChar(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isNameChar(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '.'
                || c == '-'
                || c == '_';
    }

    private static @Nullable ExpirySetting expiry(String text) {
        if (text.equalsIgnoreCase("eternal")) {
            return new ExpirySetting(ExpirySetting.Policy.ETERNAL, Duration.ZERO);
        }
        int colon = text.indexOf(':');
        if (colon < 0) {
            return null;
        }
        Duration duration = duration(ValueType.duration(1, ValueType.EXPIRY_MAX), text.substring(colon + 1));
        String policy = text.substring(0, colon);
        for (ExpirySetting.Policy candidate : ExpirySetting.Policy.values()) {
            if (duration != null
                    && candidate != ExpirySetting.Policy.ETERNAL
                    && candidate.name().equalsIgnoreCase(policy)) {
                return new ExpirySetting(candidate, duration);
            }
        }
        return null;
    }
}
