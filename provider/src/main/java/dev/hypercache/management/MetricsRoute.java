package dev.hypercache.management;

import dev.hypercache.telemetry.NodeMetrics;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.io.IOException;
import java.nio.ByteBuffer;

/** All metrics of the node in the text format of Prometheus. */
final class MetricsRoute implements HttpHandler {

    private final NodeMetrics metrics;

    MetricsRoute(NodeMetrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws IOException {
        if (!metrics.isOn()) {
            JsonAnswer.fail(
                    exchange, 501, "METRICS_OFF", "hypercache.metrics.enabled is off on this node. Switch it on.");
            return;
        }
        byte[] text;
        String type;
        try {
            text = PrometheusText.of(metrics);
            type = PrometheusText.mediaType();
        } catch (NoClassDefFoundError missing) {
            JsonAnswer.fail(
                    exchange,
                    501,
                    "DEPENDENCY_MISSING",
                    "the text format of Prometheus needs io.prometheus:prometheus-metrics-exposition-textformats 1.4.3,"
                            + " which is not on the class path of this node. Add it.");
            return;
        }
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, type).put(Headers.CACHE_CONTROL, "no-store");
        exchange.getResponseSender().send(ByteBuffer.wrap(text));
    }
}
