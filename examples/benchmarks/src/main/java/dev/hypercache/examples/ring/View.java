package dev.hypercache.examples.ring;

import java.util.List;

/** Whom an operation asks: what a grid lets its user choose between. */
enum View {
    /** The copy that takes the writes, or a majority: what a caller gets who chooses nothing. */
    PRIMARY,
    /** Any copy, the member's own if it has one. Only reads. */
    NEAREST;

    /** Whether an operation makes a difference between the two. */
    boolean has(Operation operation) {
        return this == PRIMARY || List.of(Operation.GET, Operation.GET_ALL).contains(operation);
    }
}
