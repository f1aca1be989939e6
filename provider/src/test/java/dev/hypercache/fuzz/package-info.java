/**
 * What the fuzz targets have in common. The targets themselves stand beside what they test and end in {@code FuzzTest}; each
 * is a class of its own, since one run of the fuzzer takes one.
 *
 * <p>Knows nothing of what is tested.
 */
@NullMarked
package dev.hypercache.fuzz;

import org.jspecify.annotations.NullMarked;
