package dev.hypercache.runtime.ring;

import dev.hypercache.spi.transport.Transport;

/**
 * The parts of one member that have a life of their own.
 *
 * @param transport its door to the others
 * @param door where their frames come in
 * @param parts what its caches share
 * @param watch whom it cannot reach
 * @param follower makes of it what the ring agrees on
 * @param steward proposes what is to become of the ring
 * @param operations what operators see and ask
 * @param fixed whether members and slots stay as they were founded, since the log lives in the slots themselves: a slot that it would
 *     have to move could not be read on the way
 * @param timer does what is due
 */
record MemberWorks(
        Transport transport,
        MessageDoor door,
        NodeParts parts,
        PeerWatch watch,
        RingFollower follower,
        RingSteward steward,
        NodeOperations operations,
        boolean fixed,
        RingTimer timer) {}
