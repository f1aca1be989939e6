/**
 * What a node hears of the changes of caches to which it listens, wherever their slots are led.
 *
 * <p>Called by the runtime, or by a simulator in its place, with the messages of leaders. Knows nothing of listeners: what is
 * heard for the first time is handed to an {@link dev.hypercache.core.feed.Ear}.
 */
@NullMarked
package dev.hypercache.core.feed;

import org.jspecify.annotations.NullMarked;
