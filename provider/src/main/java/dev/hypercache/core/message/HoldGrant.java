package dev.hypercache.core.message;

/**
 * Names one grant of a hold.
 *
 * <p>The id of a hold alone does not: a request for it that was repeated or late is granted anew, and what happened to the
 * key in between is not known then.
 *
 * @param hold the id of the hold, unique at its client
 * @param ballot of the leader that granted it
 * @param number of the grant, unique under the ballot
 */
public record HoldGrant(long hold, long ballot, long number) {}
