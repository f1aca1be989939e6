package dev.hypercache.topology.raft;

import java.io.Serial;

/** Bytes that are no frame of the topology log. */
final class MalformedFrameException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    MalformedFrameException(String message) {
        super(message, null, false, false); // Whoever sends garbage gets no stack traces made.
    }
}
