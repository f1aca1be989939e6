/**
 * Measures whether the time that a refusal takes tells a stranger what was wrong. Uses the transport and its signatures through
 * their front doors; started by hand.
 */
@NullMarked
package dev.hypercache.examples.refusal;

import org.jspecify.annotations.NullMarked;
