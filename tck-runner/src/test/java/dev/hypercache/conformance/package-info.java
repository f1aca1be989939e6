/**
 * What JSR-107 and our own documents demand and the TCK does not ask, as black-box tests.
 *
 * <p>Knows {@code javax.cache}, Spring's adapter to it and the names of our configuration keys, and no class of ours, so
 * the same tests run against any provider. Nobody calls it but the build.
 */
@NullMarked
package dev.hypercache.conformance;

import org.jspecify.annotations.NullMarked;
