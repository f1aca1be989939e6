/**
 * Three processes that know each other by certificates, and clients that have one or not. It knows {@code javax.cache} and the
 * settings of a node; the {@code main} of {@link dev.hypercache.examples.secured.SecuredCluster} calls it.
 */
@NullMarked
package dev.hypercache.examples.secured;

import org.jspecify.annotations.NullMarked;
