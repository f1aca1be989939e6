/**
 * Statistics, configuration views and MXBeans of a cache.
 *
 * <p>Knows nothing of operations but their outcomes. Called by the cache and by JMX.
 */
@NullMarked
package dev.hypercache.jcache.manage;

import org.jspecify.annotations.NullMarked;
