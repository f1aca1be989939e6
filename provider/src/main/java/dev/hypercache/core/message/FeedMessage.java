package dev.hypercache.core.message;

/** What a leader and those who listen to the changes of a cache say to each other. */
public sealed interface FeedMessage extends Message permits AskHeard, Heard, Changes, ListenersTold {

    /** The ballot of the leader. */
    long ballot();

    /** The cache. */
    int cache();

    /** Which of the leader's streams to the one who listens. */
    long stream();
}
