/**
 * What a leader does atomically to one key, and what came of it.
 *
 * <p>Operations are values and evaluating one is a pure function of the record it finds, so a caller can preview an
 * operation with the very code that the leader runs. Knows neither stores nor messages.
 */
@NullMarked
package dev.hypercache.core.op;

import org.jspecify.annotations.NullMarked;
