/** Tests of what the ring's benchmark concludes from what it saw. */
@NullMarked
package dev.hypercache.examples.ring;

import org.jspecify.annotations.NullMarked;
