package dev.hypercache.telemetry;

import dev.hypercache.config.ConstantDocs;
import java.util.Locale;

/** Generates {@code docs/METRICS.md} from {@link MetricName}. */
final class MetricDocs {
    private static final String HEAD = """
            # Metrics

            <!-- Generated from the enum MetricName; rewrite with: mvn -pl provider -am test -Dtest=MetricDocsTest -Dsurefire.failIfNoSpecifiedTests=false -Dhypercache.docs.write=true -->

            Each node keeps its metrics in a Dropwizard `MetricRegistry` of its own. Names are stable and start with `hypercache_dist_`. Dropwizard's names are flat, so a cache's metric carries the cache in its name, in the notation of Prometheus: `hypercache_dist_gets{cache="books"}`. All metrics of a cache appear together when the cache is opened and go when it is closed.

            - `hypercache.metrics.enabled=off` switches all of them off.
            - `hypercache.metrics.jmx=on` publishes them as MBeans `dev.hypercache:manager="<uri>",node="<node>",name=<metric>`, for a cache's metric with `cache="<cache>"`. It needs `io.dropwizard.metrics:metrics-jmx` on the class path ([why there is a key](adr/0003-metrics-jmx-key.md)).
            - `GET /metrics` shows them in the text format of Prometheus ([how](SECURITY.md#what-operators-ask-a-node)): a counter ends with `_total` there, a latency is a summary in seconds that ends with `_seconds`.
            - **An embedded cache counts its operations and measures their latencies while its statistics are switched on**, every operation and not a sample, so that the buckets of a histogram sum up to the operations. An embedded get takes about 20 ns and reading the clock twice 50 ns and more, so a cache that nobody observes does not pay for it; on a ring latencies are always measured ([measurement and decision](adr/0004-latency-of-embedded-caches.md)). Everything else is counted always.
            - Clearing statistics through the MXBean of JSR-107 also clears the counters that it shows.

            A histogram is cumulative, exact to 1 % from 16 ns to one hour.

            """;

    private MetricDocs() {}

    static String generate() {
        StringBuilder page = new StringBuilder(HEAD);
        page.append("## Of each cache\n\n");
        rows(page, MetricName.Scope.CACHE);
        page.append("\n## Of the node\n\n");
        rows(page, MetricName.Scope.NODE);
        return page.toString();
    }

    private static void rows(StringBuilder page, MetricName.Scope scope) {
        ConstantDocs sentences = ConstantDocs.of(MetricName.class);
        page.append("| Name | Type | Unit | Meaning |\n|---|---|---|---|\n");
        for (MetricName name : MetricName.values()) {
            if (name.scope() == scope) {
                String kind = name.kind().name().toLowerCase(Locale.ROOT);
                String[] cells = {"`" + name.metric() + "`", kind, name.unit(), sentences.of(name)};
                page.append("| ").append(String.join(" | ", cells)).append(" |\n");
            }
        }
    }
}
