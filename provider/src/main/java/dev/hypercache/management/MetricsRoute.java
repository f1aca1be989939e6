package dev.hypercache.management;

import dev.hypercache.telemetry.NodeMetrics;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/** All metrics of the node in the text format of Prometheus. */
final class MetricsRoute implements HttpHandler {

    private static final int NOT_IMPLEMENTED = 501;

    /** The first version of the text format, which every scraper reads. */
    private static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final byte[] NOTHING = {};

    private final NodeMetrics metrics;
    private final Writer writer;

    /** Writes metrics as text. */
    @FunctionalInterface
    interface Writer {
        byte[] write(NodeMetrics metrics) throws IOException;
    }

    /**
     * The text, or why there is none.
     *
     * @param bytes the text
     * @param code what is amiss; empty if nothing is
     * @param message the same for people
     */
    record Text(byte[] bytes, String code, String message) {}

    MetricsRoute(NodeMetrics metrics, Writer writer) {
        this.metrics = metrics;
        this.writer = writer;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        Text text = text();
        if (!text.code().isEmpty()) {
            JsonAnswer.fail(exchange, NOT_IMPLEMENTED, text.code(), text.message());
            return;
        }
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, MEDIA_TYPE).put(Headers.CACHE_CONTROL, "no-store");
        exchange.getResponseSender().send(ByteBuffer.wrap(text.bytes()));
    }

    Text text() {
        if (!metrics.isOn()) {
            return new Text(NOTHING, "METRICS_OFF", "hypercache.metrics.enabled is off on this node. Switch it on.");
        }
        try {
            return new Text(writer.write(metrics), "", "");
        } catch (NoClassDefFoundError missing) {
            return new Text(
                    NOTHING,
                    "DEPENDENCY_MISSING",
                    "the text format of Prometheus needs io.prometheus:prometheus-metrics-exposition-textformats 1.4.3,"
                            + " which is not on the class path of this node. Add it.");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
