/**
 * Measures what an operation costs on a ring of processes, beside Hazelcast and Ignite, each with as many members and copies and
 * all of them through the JCache API. Started by hand.
 */
@NullMarked
package dev.hypercache.examples.ring;

import org.jspecify.annotations.NullMarked;
