/**
 * Cache entry listeners: which change is which event, and its delivery in per-key order.
 *
 * <p>Knows nothing of operations: changes come from the node. Called by the pipeline to wait for deliveries.
 */
@NullMarked
package dev.hypercache.jcache.event;

import org.jspecify.annotations.NullMarked;
