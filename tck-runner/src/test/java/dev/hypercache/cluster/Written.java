package dev.hypercache.cluster;

/**
 * A write that was acknowledged. Times are those of {@link System#nanoTime}, which processes of one machine have in common:
 * on Linux it is CLOCK_MONOTONIC.
 *
 * @param number the number that it wrote
 */
record Written(String key, long number, long begunNanos, long endedNanos) {

    private static final String WORD = "written";

    String line() {
        return WORD + " " + key + " " + number + " " + begunNanos + " " + endedNanos;
    }

    static Written parse(String line) {
        String[] words = line.split(" ");
        if (words.length != 5 || !words[0].equals(WORD)) {
            throw new IllegalArgumentException("no report of a write: " + line);
        }
        return new Written(words[1], Long.parseLong(words[2]), Long.parseLong(words[3]), Long.parseLong(words[4]));
    }
}
