package dev.hypercache.tck;

import dev.hypercache.bootstrap.LocalRing;
import dev.hypercache.config.ManagerUri;
import dev.hypercache.config.Setting;
import dev.hypercache.config.Settings;
import dev.hypercache.config.Sources;
import dev.hypercache.telemetry.MetricName;
import dev.hypercache.telemetry.NodeMetrics;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Properties;

/**
 * What a run of the TCK asked of a ring, written by the JVM of the run when it ends and read by the check afterwards.
 *
 * @param nodes how many nodes the ring had
 * @param settings what the nodes are, and their settings that say how data is kept
 * @param led requests that the node of the TCK performed itself
 * @param sent requests that it sent to another node, which led their slot
 */
record RingReport(int nodes, String settings, long led, long sent) {

    private static final String FILE = "test.tck.ring.report";

    static RingReport of(LocalRing ring) {
        NodeMetrics metrics = ring.metrics(0);
        Settings settings = Settings.load(ManagerUri.of(null), new Properties(), Sources.none());
        return new RingReport(
                ring.size(),
                describe(settings),
                metrics.node().read(MetricName.REQUESTS_LED_HERE),
                metrics.node().read(MetricName.REQUESTS_LED_ELSEWHERE));
    }

    /** How data is kept. */
    static String describe(Settings settings) {
        return settings.ringSlots() + " slots, " + settings.replicationFactor() + " replicas, write "
                + settings.text(Setting.CONSISTENCY_WRITE) + ", read " + settings.text(Setting.CONSISTENCY_READ)
                + ", request timeout " + settings.requestTimeout();
    }

    /**
     * Reads the report of the run whose reports are in {@code directory}.
     *
     * @throws IOException if there is none that was written at or after {@code since}
     */
    static RingReport read(Path directory, Instant since) throws IOException {
        Path file = directory.resolve("ring.properties");
        if (Files.getLastModifiedTime(file).toInstant().isBefore(since)) {
            throw new IOException(file + " is of an earlier run: the JVM of this one did not end as it should");
        }
        Properties read = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            read.load(in);
        }
        return new RingReport(
                Integer.parseInt(read.getProperty("nodes")),
                read.getProperty("settings"),
                Long.parseLong(read.getProperty("led")),
                Long.parseLong(read.getProperty("sent")));
    }

    void write() {
        Properties written = new Properties();
        written.setProperty("nodes", Integer.toString(nodes));
        written.setProperty("settings", settings);
        written.setProperty("led", Long.toString(led));
        written.setProperty("sent", Long.toString(sent));
        Path file = Path.of(System.getProperty(FILE));
        try {
            Files.createDirectories(file.getParent());
            try (OutputStream out = Files.newOutputStream(file)) {
                written.store(out, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The share of the requests whose slot another node led, from 0 to 1. */
    double share() {
        return sent / (double) (led + sent);
    }

    @Override
    public String toString() {
        return "ring of " + nodes + ": " + settings + "; " + (led + sent) + " requests, " + Math.round(share() * 100)
                + " % of them led by another node";
    }
}
