package dev.hypercache.examples.ring;

/**
 * What a driver is asked to measure.
 *
 * @param operation what to call
 * @param view whom it asks
 * @param place where its keys are
 * @param threads how many threads call at once
 * @param warmupMillis how long before it is measured
 * @param measuredMillis how long it is
 */
record Assignment(Operation operation, View view, Place place, int threads, long warmupMillis, long measuredMillis) {

    String text() {
        return String.join(
                " ",
                operation.name(),
                view.name(),
                place.name(),
                Integer.toString(threads),
                Long.toString(warmupMillis),
                Long.toString(measuredMillis));
    }

    static Assignment parse(String text) {
        String[] words = text.split(" ");
        return new Assignment(
                Operation.valueOf(words[0]),
                View.valueOf(words[1]),
                Place.valueOf(words[2]),
                Integer.parseInt(words[3]),
                Long.parseLong(words[4]),
                Long.parseLong(words[5]));
    }
}
