/**
 * Who of the ring seems to be alive, as the node's threads see it: {@code core.member} behind a lock, and its findings as
 * advice of {@code spi.membership}.
 *
 * <p>Knows neither the ring nor its slots. Called by {@code runtime.ring}, which gives it frames, the time and the members.
 */
@NullMarked
package dev.hypercache.runtime.member;

import org.jspecify.annotations.NullMarked;
