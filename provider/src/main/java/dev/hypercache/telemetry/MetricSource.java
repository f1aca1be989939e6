package dev.hypercache.telemetry;

/**
 * Whoever already holds the number behind a metric, so that it is counted once.
 *
 * <p>One object answers for all metrics of its owner: that is one class at start-up, where a lambda for each metric
 * would cost more than the first put.
 */
public interface MetricSource {
    /**
     * The value now. Called by any thread; must not block.
     *
     * @param name one of the metrics that were supplied with this source
     */
    long read(MetricName name);
}
