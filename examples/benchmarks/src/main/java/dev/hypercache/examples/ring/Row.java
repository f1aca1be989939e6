package dev.hypercache.examples.ring;

import java.util.Locale;

/**
 * What is measured for every column in turn.
 *
 * @param operation what is called
 * @param place where its keys are
 * @param threads how many threads call at once
 */
record Row(Operation operation, Place place, int threads) {

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%-8s %-9s %3d", operation, place, threads);
    }
}
