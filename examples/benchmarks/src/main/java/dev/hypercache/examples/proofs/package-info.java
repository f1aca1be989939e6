/**
 * What the processes of a benchmark prove to each other who they are with: certificates and a shared key, made anew for each run.
 * Knows nothing of what is measured; the other packages of this module call it.
 */
@NullMarked
package dev.hypercache.examples.proofs;

import org.jspecify.annotations.NullMarked;
