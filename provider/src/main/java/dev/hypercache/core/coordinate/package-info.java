/**
 * One request in flight at the node that was asked: whom to ask, when to ask again, what the caller is told.
 *
 * <p>Knows messages and configurations, neither stores nor leadership. Called by the runtime.
 */
@NullMarked
package dev.hypercache.core.coordinate;

import org.jspecify.annotations.NullMarked;
