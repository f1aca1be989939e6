package dev.hypercache.config;

import java.util.List;

/**
 * What values a setting takes: a form, and bounds where the form has an order.
 *
 * @param form the notation
 * @param min lowest legal value: a number, milliseconds, bytes, bytes per second, or a port
 * @param max highest legal value in the same unit
 * @param choices the legal words of {@link Form#CHOICE}; else empty
 */
public record ValueType(Form form, long min, long max, List<String> choices) {
    static final long SECOND = 1_000L;
    static final long MINUTE = 60 * SECOND;
    static final long HOUR = 60 * MINUTE;
    static final long DAY = 24 * HOUR;
    static final long KIB = 1_024L;
    static final long MIB = 1_024 * KIB;
    static final long GIB = 1_024 * MIB;

    /** Longest duration that an expiry may have: one that nobody reaches and that still fits nanoseconds. */
    static final long EXPIRY_MAX = 36_500 * DAY;

    /** The notations of values. */
    public enum Form {
        ON_OFF,
        NUMBER,
        POWER_OF_TWO,
        DURATION,
        BYTES,
        RATE,
        ADDRESS,
        SEEDS,
        CHOICE,
        NAME,
        LOCATION,
        SECRET,
        LIST,
        EXPIRY
    }

    static ValueType of(Form form) {
        return new ValueType(form, 0, 0, List.of());
    }

    static ValueType number(long min, long max) {
        return new ValueType(Form.NUMBER, min, max, List.of());
    }

    static ValueType powerOfTwo(long min, long max) {
        return new ValueType(Form.POWER_OF_TWO, min, max, List.of());
    }

    static ValueType duration(long minMillis, long maxMillis) {
        return new ValueType(Form.DURATION, minMillis, maxMillis, List.of());
    }

    static ValueType bytes(long min, long max) {
        return new ValueType(Form.BYTES, min, max, List.of());
    }

    static ValueType rate(long minPerSecond, long maxPerSecond) {
        return new ValueType(Form.RATE, minPerSecond, maxPerSecond, List.of());
    }

    static ValueType address(long portMin) {
        return new ValueType(Form.ADDRESS, portMin, 65_535, List.of());
    }

    static ValueType choice(String... words) {
        return new ValueType(Form.CHOICE, 0, 0, List.of(words));
    }

    boolean admits(long value) {
        return value >= min && value <= max;
    }
}
