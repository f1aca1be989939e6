package dev.hypercache.config;

/** Describes {@link ValueType}s in words, for error messages and documentation. */
final class ValueNotation {
    private ValueNotation() {}

    /** The rule as the end of a sentence that starts with "must be". */
    static String rule(ValueType type) {
        return switch (type.form()) {
            case ON_OFF -> "on, off, true or false";
            case NUMBER -> "a whole number" + range(type);
            case POWER_OF_TWO -> "a power of two" + range(type);
            case DURATION -> "a duration" + range(type) + ", written like 500ms, 5s, 1m, 1h, 1d or PT5S";
            case BYTES -> "a size" + range(type) + ", written like 1024, 64KB, 64MB or 1GB (1KB = 1024 bytes)";
            case RATE -> "a rate" + range(type) + ", written like 50MB/s (1KB = 1024 bytes)";
            case ADDRESS -> "host:port with a port from " + type.min() + " to " + type.max() + ", IPv6 in brackets";
            case SEEDS -> "a comma-separated list of host:port, dns:name:port or file:path";
            case CHOICE -> "one of " + String.join(", ", type.choices());
            case NAME -> "1 to 128 letters, digits, dots, hyphens or underscores";
            case LOCATION -> "a location: classpath:, file:, another URL, or a path";
            case SECRET -> "the location of a file, never the secret itself";
            case LIST -> "a comma-separated list without empty elements";
            case EXPIRY ->
                "eternal, or created:, modified:, accessed: or touched: with a duration from 1ms to 36500d,"
                        + " such as created:5m";
        };
    }

    /** A legal example that differs from no rule of the type. */
    static String example(ValueType type) {
        return switch (type.form()) {
            case ON_OFF -> "on";
            case NUMBER, POWER_OF_TWO, DURATION, BYTES, RATE -> quantity(type, type.min());
            case ADDRESS -> "127.0.0.1:7400";
            case SEEDS -> "10.0.0.1:7400,10.0.0.2:7400";
            case CHOICE -> type.choices().get(0);
            case NAME -> "orders-1";
            case LOCATION, SECRET -> "file:/etc/hypercache/name";
            case LIST -> "one,two";
            case EXPIRY -> "created:5m";
        };
    }

    private static String range(ValueType type) {
        return " from " + quantity(type, type.min()) + " to " + quantity(type, type.max());
    }

    static String quantity(ValueType type, long value) {
        return switch (type.form()) {
            case DURATION -> duration(value);
            case BYTES -> bytes(value);
            case RATE -> bytes(value) + "/s";
            default -> Long.toString(value);
        };
    }

    private static String duration(long millis) {
        String[] names = {"d", "h", "m", "s"};
        long[] units = {ValueType.DAY, ValueType.HOUR, ValueType.MINUTE, ValueType.SECOND};
        for (int i = 0; i < units.length; i++) {
            if (millis > 0 && millis % units[i] == 0) {
                return millis / units[i] + names[i];
            }
        }
        return millis + "ms";
    }

    private static String bytes(long bytes) {
        String[] names = {"TB", "GB", "MB", "KB"};
        long[] units = {ValueType.KIB * ValueType.GIB, ValueType.GIB, ValueType.MIB, ValueType.KIB};
        for (int i = 0; i < units.length; i++) {
            if (bytes > 0 && bytes % units[i] == 0) {
                return bytes / units[i] + names[i];
            }
        }
        return Long.toString(bytes);
    }
}
