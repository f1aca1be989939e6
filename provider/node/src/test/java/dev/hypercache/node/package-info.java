/** Tests of the jar that is a node: rings of processes which {@code java -jar} started. */
@NullMarked
package dev.hypercache.node;

import org.jspecify.annotations.NullMarked;
