package dev.hypercache.runtime.ring;

import dev.hypercache.runtime.member.NodeMembership;
import dev.hypercache.spi.transport.Transport;

/**
 * The parts of one member that have a life of their own.
 *
 * @param transport its door to the others
 * @param door where their frames come in
 * @param parts what its caches share
 * @param watch whom it cannot reach
 * @param membership says who seems to be alive
 * @param follower makes of it what the ring agrees on
 * @param steward proposes what is to become of the ring
 * @param operations what operators see and ask
 * @param timer does what is due
 */
record MemberWorks(
        Transport transport,
        MessageDoor door,
        NodeParts parts,
        PeerWatch watch,
        NodeMembership membership,
        RingFollower follower,
        RingSteward steward,
        NodeOperations operations,
        RingTimer timer) {}
