/**
 * The first thing to run: a slow computation over real data, with and without a cache. It knows {@code javax.cache} and
 * nothing of the provider; the {@code main} of {@link dev.hypercache.examples.quickstart.Quickstart} calls it.
 */
@NullMarked
package dev.hypercache.examples.quickstart;

import org.jspecify.annotations.NullMarked;
