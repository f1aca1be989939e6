package dev.hypercache.transport.fault;

import java.util.Objects;

/** One way between two nodes, by their names: a node that restarts keeps its cables. */
record Direction(String from, String to) {

    Direction {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
    }
}
