/**
 * A topology log for rings inside one JVM.
 *
 * <p>The members share one list behind a lock and exchange nothing but bytes. Knows neither what a change says nor any
 * network. Called by the assembler for a ring of one and for rings in tests.
 */
@NullMarked
package dev.hypercache.topology.local;

import org.jspecify.annotations.NullMarked;
