package dev.hypercache.cluster;

import org.jspecify.annotations.Nullable;

/**
 * What a client did and what it was told, in two lines: one before the call, one after it, so that of a process that is killed
 * it is known what it was about to do.
 *
 * <p>Times are those of {@link System#nanoTime}. Processes of one machine have them in common: on Linux it is CLOCK_MONOTONIC.
 * A call is said to begin a little earlier and to end a little later than it does, which makes no order of calls seem wrong
 * that is right.
 *
 * @param id unique in the run
 * @param value what it stores
 * @param expected what it expects to find
 */
record Report(
        long id,
        int client,
        String cache,
        JcacheCall call,
        String key,
        @Nullable String value,
        @Nullable String expected,
        long nanos) {

    /** The key of a call that concerns all keys. */
    static final String ALL_KEYS = "*";

    /** What a caller is told that was told nothing else. */
    static final String DONE = "done";

    /** The call was certainly not performed. */
    static final String FAILED = "failed";

    /** Nobody knows whether it was. */
    static final String UNKNOWN = "unknown";

    static final String ABSENT = "absent";
    private static final String NONE = "-";
    private static final String VALUE = "=";
    private static final String BEGIN = "begin";
    private static final String END = "end";
    private static final int BEGIN_WORDS = 9;
    private static final int END_WORDS = 4;

    /** The line before the call. */
    String begin() {
        return String.join(
                " ",
                BEGIN,
                Long.toString(id),
                Integer.toString(client),
                cache,
                call.name(),
                key,
                value == null ? NONE : value,
                expected == null ? NONE : expected,
                Long.toString(nanos));
    }

    /** The line after the call. */
    String end(String told) {
        return END + " " + id + " " + System.nanoTime() + " " + told;
    }

    /** How a caller is said to have been told a value. */
    static String valueOf(@Nullable Object found) {
        return found == null ? ABSENT : VALUE + found;
    }

    /** The value that a caller was told; null if there was none. */
    static @Nullable String value(String told) {
        if (told.equals(ABSENT)) {
            return null;
        }
        if (!told.startsWith(VALUE)) {
            throw new IllegalArgumentException("no value: " + told);
        }
        return told.substring(VALUE.length());
    }

    /** The end of a call. */
    record End(long id, long nanos, String told) {

        static End parse(String line) {
            String[] words = line.split(" ");
            if (words.length != END_WORDS) {
                throw new IllegalArgumentException("no end of a call: " + line);
            }
            return new End(Long.parseLong(words[1]), Long.parseLong(words[2]), words[3]);
        }
    }

    static boolean isBegin(String line) {
        return line.startsWith(BEGIN + " ");
    }

    static Report parse(String line) {
        String[] words = line.split(" ");
        if (words.length != BEGIN_WORDS) {
            throw new IllegalArgumentException("no begin of a call: " + line);
        }
        return new Report(
                Long.parseLong(words[1]),
                Integer.parseInt(words[2]),
                words[3],
                JcacheCall.valueOf(words[4]),
                words[5],
                words[6].equals(NONE) ? null : words[6],
                words[7].equals(NONE) ? null : words[7],
                Long.parseLong(words[8]));
    }
}
