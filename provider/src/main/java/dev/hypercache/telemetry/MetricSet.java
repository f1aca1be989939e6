package dev.hypercache.telemetry;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of one cache, or of the node itself.
 *
 * <p>Thread-safe. A counter costs one {@link LongAdder} increment; it exists from its first use on. When metrics are
 * off every call returns at once.
 */
public final class MetricSet {
    private final MetricName.Scope scope;
    private final boolean on;
    private final AtomicReferenceArray<@Nullable Object> values;

    MetricSet(MetricName.Scope scope, boolean on) {
        this.scope = scope;
        this.on = on;
        this.values = new AtomicReferenceArray<>(on ? MetricName.count() : 0);
    }

    /** Adds one to a counter that telemetry holds. */
    public void count(MetricName counter) {
        add(counter, 1);
    }

    /** Adds to a counter that telemetry holds. */
    public void add(MetricName counter, long delta) {
        if (on) {
            Object value = values.get(counter.ordinal());
            ((LongAdder) (value != null ? value : install(counter, MetricName.Kind.COUNTER, new LongAdder())))
                    .add(delta);
        }
    }

    /** Makes a source answer for counters and gauges that it holds; the first source of a metric stays. */
    public void supply(MetricSource source, MetricName... names) {
        if (on) {
            for (MetricName name : names) {
                install(name, name.kind() == MetricName.Kind.HISTOGRAM ? MetricName.Kind.GAUGE : name.kind(), source);
            }
        }
    }

    /** The histogram of a latency; ask once and keep it. */
    public LatencyHistogram latency(MetricName histogram) {
        if (!on) {
            return LatencyHistogram.off();
        }
        Object value = values.get(histogram.ordinal());
        return (LatencyHistogram)
                (value != null ? value : install(histogram, MetricName.Kind.HISTOGRAM, new LatencyHistogram(true)));
    }

    /** The value of a counter or gauge now; 0 when nothing was counted or supplied. */
    public long read(MetricName name) {
        Object value = on ? values.get(name.ordinal()) : null;
        if (value instanceof LongAdder counter) {
            return counter.sum();
        }
        return value instanceof MetricSource source ? source.read(name) : 0;
    }

    /** Whether the metric has been used or supplied. */
    public boolean has(MetricName name) {
        return on && values.get(name.ordinal()) != null;
    }

    private Object install(MetricName name, MetricName.Kind kind, Object fresh) {
        if (name.kind() != kind || name.scope() != scope) {
            throw new IllegalArgumentException(
                    name + " is a " + name.kind() + " of a " + name.scope() + ", used as a " + kind + " of a " + scope);
        }
        Object present = values.compareAndExchange(name.ordinal(), null, fresh);
        return present != null ? present : fresh;
    }
}
