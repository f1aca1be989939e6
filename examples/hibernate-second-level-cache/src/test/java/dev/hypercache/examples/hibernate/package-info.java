/** Tests of the example. */
@NullMarked
package dev.hypercache.examples.hibernate;

import org.jspecify.annotations.NullMarked;
