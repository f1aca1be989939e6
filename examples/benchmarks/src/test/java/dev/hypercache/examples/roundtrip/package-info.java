/** Tests of what the transport's benchmark concludes from its figures. */
@NullMarked
package dev.hypercache.examples.roundtrip;

import org.jspecify.annotations.NullMarked;
