package dev.hypercache.examples.ring;

import java.util.Locale;

/**
 * What one measurement of one row came to.
 *
 * @param perSecond operations per second
 * @param p50 median time of an operation in microseconds
 * @param p95 its 95th percentile
 * @param p99 its 99th percentile
 * @param cpu microseconds of processor time of all members for each operation
 * @param wrong operations that threw or whose answer was not the expected one
 * @param redirects requests that came to a member that had to refuse them, if the grid counts them
 * @param registers what became of the reads of registers meanwhile
 */
record Figures(
        double perSecond,
        double p50,
        double p95,
        double p99,
        double cpu,
        long wrong,
        long redirects,
        RegisterCheck registers) {

    Figures with(RegisterCheck check) {
        return new Figures(perSecond, p50, p95, p99, cpu, wrong, redirects, check);
    }

    /** One line. */
    String text() {
        return String.format(
                Locale.ROOT,
                "%.1f %.2f %.2f %.2f %.2f %d %d %d %d",
                perSecond,
                p50,
                p95,
                p99,
                cpu,
                wrong,
                redirects,
                registers.reads(),
                registers.wrong());
    }

    static Figures parse(String text) {
        String[] words = text.split(" ");
        return new Figures(
                Double.parseDouble(words[0]),
                Double.parseDouble(words[1]),
                Double.parseDouble(words[2]),
                Double.parseDouble(words[3]),
                Double.parseDouble(words[4]),
                Long.parseLong(words[5]),
                Long.parseLong(words[6]),
                new RegisterCheck(Long.parseLong(words[7]), Long.parseLong(words[8])));
    }
}
