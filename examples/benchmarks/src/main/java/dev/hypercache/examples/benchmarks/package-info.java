/**
 * Compares JCache providers through {@code javax.cache} alone: speed of the operations, heap for each entry, time to the
 * first put. It knows no class of HyperCache; each {@code main} is started by hand or by a smoke test.
 */
@NullMarked
package dev.hypercache.examples.benchmarks;

import org.jspecify.annotations.NullMarked;
