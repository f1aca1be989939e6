package dev.hypercache.examples.ring;

import java.util.List;

/** Whom an operation asks: what a grid lets its user choose between. */
enum View {
    /** The copy that takes the writes, or a majority: what a caller gets who chooses nothing. */
    PRIMARY,
    /** Any copy, the member's own if it has one. Only reads. */
    NEAREST,
    /** One member, always the same, which performs the operation as its own. Only single reads and writes. */
    PROXIED;

    /** Whether an operation is there, and makes a difference to the others. */
    boolean has(Operation operation) {
        return switch (this) {
            case PRIMARY -> true;
            case NEAREST -> List.of(Operation.GET, Operation.GET_ALL).contains(operation);
            case PROXIED -> operation.isSingle();
        };
    }
}
