/**
 * What a node tells about itself: metric names, counters, latency histograms and structured log lines.
 *
 * <p>Knows settings, and nothing of caches, operations or the protocol: it is told numbers. Called by the runtime and
 * by the JSR-107 layer. No class of a metrics or logging library is loaded before someone reads a metric, measures a
 * latency or logs a line.
 */
@NullMarked
package dev.hypercache.telemetry;

import org.jspecify.annotations.NullMarked;
