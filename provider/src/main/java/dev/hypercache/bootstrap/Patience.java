package dev.hypercache.bootstrap;

import dev.hypercache.runtime.call.Abandonment;

/**
 * How long a node waits for its ring, and what ends the wait.
 *
 * @param millis at most so long, 1 or more
 * @param unwanted says that nobody wants the node any more
 */
record Patience(long millis, Abandonment unwanted) {}
