package dev.hypercache.core.lead;

/** A leader's own counter: one for all caches of a slot, so that everything it decides has one order. */
final class Sequence {

    private long last;

    long next() {
        return ++last;
    }

    /** The last one given out; 0 if none was. */
    long last() {
        return last;
    }
}
