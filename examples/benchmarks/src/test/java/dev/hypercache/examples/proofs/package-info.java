/** Tests of the proofs of a run. */
@NullMarked
package dev.hypercache.examples.proofs;

import org.jspecify.annotations.NullMarked;
