/**
 * Who seems to be alive.
 *
 * <p>What is said here is advice: suspicion starts takeovers and death lets the topology log act, but nobody leaves the
 * ring by it. Knows neither the ring nor the log. Called by the node; implemented by SWIM and by adapters that ask a
 * platform.
 */
@NullMarked
package dev.hypercache.spi.membership;

import org.jspecify.annotations.NullMarked;
