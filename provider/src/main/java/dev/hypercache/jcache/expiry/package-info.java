/**
 * Expiry policies: the standard ones become data, others are asked exactly when the specification says.
 *
 * <p>Knows nothing of caches. Called by the pipeline and by loads and processors.
 */
@NullMarked
package dev.hypercache.jcache.expiry;

import org.jspecify.annotations.NullMarked;
