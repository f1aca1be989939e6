package dev.hypercache.transport.undertow;

import dev.hypercache.transport.undertow.wire.MuxException;
import java.io.IOException;

/** Why a connection ended. */
enum EndCause {
    /** The peer's side broke off. */
    RESET,
    /** The peer had said good-bye. */
    GOODBYE,
    /** This side closed it. */
    CLOSED,
    /** The peer was silent, or took nothing, for too long. */
    SILENCE,
    /** The peer broke the protocol. */
    BREACH,
    /** One of both does not talk to the other. */
    REFUSED;

    /** Why a connection ends on which reading or writing failed. */
    static EndCause of(Throwable why, boolean peerLeaves) {
        if (why instanceof MuxException || !(why instanceof IOException)) {
            return BREACH;
        }
        return peerLeaves ? GOODBYE : RESET;
    }
}
