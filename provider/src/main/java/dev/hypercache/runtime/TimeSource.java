package dev.hypercache.runtime;

/** The wall clock of a node, in milliseconds since 1970; a test may put its own in place. */
@FunctionalInterface
public interface TimeSource {

    long millis();
}
