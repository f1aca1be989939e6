package dev.hypercache.transport.undertow;

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
    REFUSED
}
