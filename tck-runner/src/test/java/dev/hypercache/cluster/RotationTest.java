package dev.hypercache.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hypercache.cluster.TlsCaller.Answered;
import dev.hypercache.security.DevelopmentCa;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Certificates, the authority and the shared key are replaced while all nodes of a ring write and read (SECURITY §4.1, row 26):
 * no operation fails, nothing acknowledged is lost, and what was removed opens no door, a resumed session included.
 */
@Tag("cluster")
@Tag("sockets")
@Tag("long")
@Timeout(240)
final class RotationTest {

    private static final int NODES = 3;
    /** A node dials each other one. */
    private static final long LINKS_OF_NODE = NODES - 1;

    private static final long MORE_WRITES = 500;
    private static final long MORE_READS = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Duration LONG_PATIENCE = Duration.ofSeconds(120);
    private static final String RING = "/internal/ring";
    private static final String MUX = "/internal/mux";
    private static final List<String> SETTINGS = List.of(
            "hypercache.security.reload.interval=200ms",
            "hypercache.security.drain=2s",
            "hypercache.metrics.jmx=on",
            "logback.configurationFile=logback-audit.xml");

    private final SteadyLog log = new SteadyLog();
    /** What each node wrote to its audit log. */
    private final List<Queue<String>> audits = new ArrayList<>();

    private ProcessRing ring;

    private void start(RingSecurity security) throws IOException {
        for (int node = 0; node < NODES; node++) {
            audits.add(new ConcurrentLinkedQueue<>());
        }
        RingSecurity more = node -> {
            List<String> all = new ArrayList<>(security.settingsOf(node));
            all.addAll(SETTINGS);
            return all;
        };
        ring = new ProcessRing(
                more,
                ProcessRing.LOG,
                log::report,
                (node, line) -> audits.get(node).add(line));
        for (int node = 0; node < NODES; node++) {
            assertThat(ring.ask(node, "steady", "n" + node)).isEqualTo("done");
        }
        awaitLoad();
    }

    @AfterEach
    void end() {
        if (ring != null) {
            ring.close();
        }
    }

    /** Until all nodes have gone on for a while. */
    private void awaitLoad() {
        long writes = log.writes() + MORE_WRITES;
        long reads = log.reads() + MORE_READS;
        await().atMost(PATIENCE).until(() -> log.writes() >= writes && log.reads() >= reads);
        assertThat(log.wrong()).isEmpty();
    }

    private long reconnects(int node) {
        return Long.parseLong(ring.ask(node, "count", "transport_reconnects"));
    }

    private List<Long> reconnects() {
        List<Long> all = new ArrayList<>();
        for (int node = 0; node < NODES; node++) {
            all.add(reconnects(node));
        }
        return all;
    }

    /** Until each node has made all its connections anew since then, under load. */
    private void awaitNewConnections(List<Long> before) {
        for (int i = 0; i < NODES; i++) {
            int node = i;
            await().atMost(PATIENCE).until(() -> reconnects(node) >= before.get(node) + LINKS_OF_NODE);
        }
        awaitLoad();
    }

    private void awaitAudit(String words, Duration patience) {
        for (int node = 0; node < NODES; node++) {
            awaitAudit(node, words, patience);
        }
    }

    private void awaitAudit(int node, String words, Duration patience) {
        await().atMost(patience).until(() -> audits.get(node).stream().anyMatch(line -> line.contains(words)));
    }

    private void awaitSerials(List<String> serials) {
        for (int node = 0; node < NODES; node++) {
            awaitAudit(node, "\"newSerial\":\"" + serials.get(node) + "\"", PATIENCE);
        }
    }

    private void assertAllAcknowledgedIsThere() {
        for (int node = 0; node < NODES; node++) {
            assertThat(ring.ask(node, "unload")).isEqualTo("done");
        }
        assertThat(log.wrong()).isEmpty();
        Map<String, Long> last = log.last();
        assertThat(last).hasSize(NODES * SteadyLoad.PAIRS * SteadyLoad.KEYS_OF_PAIR);
        for (int i = 0; i < NODES; i++) {
            int node = i;
            last.forEach((key, number) -> assertThat(ring.ask(node, "get", key))
                    .as("%s at %s", key, node)
                    .isEqualTo(number.toString()));
        }
    }

    @Test
    void certificatesAndTheirAuthorityAreReplacedUnderLoad() throws Exception {
        DevelopmentCa removed = CertificateFolder.newAuthority("removed");
        DevelopmentCa next = CertificateFolder.newAuthority("next");
        CertificateFolder files = CertificateFolder.issue(removed, NODES);
        start(files);

        List<Long> before = reconnects();
        awaitSerials(files.renew(removed));
        awaitNewConnections(before);

        before = reconnects();
        files.trust(removed, next);
        TlsCaller early = TlsCaller.of(next, removed);
        for (int i = 0; i < NODES; i++) {
            String address = ring.address(i);
            await().atMost(PATIENCE)
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .until(() -> early.ask(address).status() == 200);
        }
        awaitNewConnections(before);

        before = reconnects();
        awaitSerials(files.renew(next));
        awaitNewConnections(before);
        TlsCaller stale = TlsCaller.of(removed, next);
        for (int node = 0; node < NODES; node++) {
            assertSessionIsResumed(stale, ring.address(node));
        }

        before = reconnects();
        files.trust(next);
        for (int i = 0; i < NODES; i++) {
            String address = ring.address(i);
            await().atMost(PATIENCE).until(() -> isRefused(stale, address));
        }
        awaitNewConnections(before);
        TlsCaller stranger = TlsCaller.of(removed, next);
        TlsCaller known = TlsCaller.of(next, next);
        for (int node = 0; node < NODES; node++) {
            String address = ring.address(node);
            assertThatThrownBy(() -> stale.ask(address)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> stranger.ask(address)).isInstanceOf(IOException.class);
            assertThat(known.ask(address).status()).isEqualTo(200);
        }
        assertAllAcknowledgedIsThere();
    }

    private static void assertSessionIsResumed(TlsCaller caller, String address) throws IOException {
        Answered first = caller.ask(address);
        Answered second = caller.ask(address);
        assertThat(first.status()).isEqualTo(200);
        assertThat(second).as("the same session").isEqualTo(first);
    }

    private static boolean isRefused(TlsCaller caller, String address) {
        try {
            Answered unused = caller.ask(address);
            return false;
        } catch (IOException refused) {
            return true;
        }
    }

    @Test
    void keyIsReplacedUnderLoad() throws Exception {
        KeyFolder files = KeyFolder.create(NODES, "k1");
        start(files);
        SignedCaller stale = SignedCaller.with(files.fileOf("k1"));
        assertThat(stale.ask(ring.address(0), RING)).isEqualTo(200);

        files.install("k2", "k1");
        SignedCaller known = SignedCaller.with(files.fileOf("k2"));
        for (int i = 0; i < NODES; i++) {
            String address = ring.address(i);
            await().atMost(PATIENCE).until(() -> known.ask(address, RING) == 200);
        }
        awaitLoad();

        files.use("k2");
        awaitAudit("\"signing\":\"k2\"", PATIENCE);
        awaitLoad();

        List<Long> before = reconnects();
        files.remove("k1", "k2");
        // A node may keep a key for a while after its last use.
        awaitAudit("\"removed\":\"[k1]\"", LONG_PATIENCE);
        awaitNewConnections(before);
        for (int node = 0; node < NODES; node++) {
            assertThat(stale.ask(ring.address(node), RING)).isEqualTo(401);
            assertThat(stale.ask(ring.address(node), MUX)).isEqualTo(401);
            assertThat(known.ask(ring.address(node), RING)).isEqualTo(200);
            assertThat(known.ask(ring.address(node), MUX)).isNotEqualTo(401);
        }
        assertAllAcknowledgedIsThere();
    }
}
