package dev.hypercache.runtime.ring;

/**
 * What a node's timer does besides coming round to slots.
 *
 * @param follower follows the topology log
 * @param membership finds out who is alive
 * @param digests asks leaders for what is not answered in time
 * @param repair compares copies
 * @param admission gives up on calls that nobody came round to
 */
record RingChores(
        RingFollower follower, Runnable membership, DigestReads digests, Runnable repair, Admission admission) {}
