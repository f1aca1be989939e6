package dev.hypercache.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes that know a name and nothing else are one ring; what the resolver of their JVMs knows of the name stands in a file. */
@Tag("cluster")
@Tag("long")
@Timeout(300)
final class DnsSeedsRingTest {

    private static final String NAME = "ring.test";

    @TempDir
    private Path folder;

    private Path hosts() {
        return folder.resolve("hosts");
    }

    private void resolve(List<String> addresses) throws IOException {
        List<String> lines = addresses.stream()
                .map(address -> address.substring(0, address.indexOf(':')) + " " + NAME)
                .toList();
        Path next = Files.write(folder.resolve("next"), lines);
        Files.move(next, hosts(), StandardCopyOption.REPLACE_EXISTING);
    }

    private LivingRing ringAt(List<String> addresses) {
        String port = addresses.get(0).substring(addresses.get(0).indexOf(':'));
        return new LivingRing(
                addresses,
                "dns:" + NAME + port,
                List.of(
                        "jdk.net.hosts.file=" + hosts(),
                        "sun.net.inetaddr.ttl=0",
                        "sun.net.inetaddr.negative.ttl=0",
                        "hypercache.bootstrap.expect=3",
                        "hypercache.ring.slots=16"));
    }

    @Test
    void nodesWaitForTheNameAndAreOneRingOnceItIsThere() throws Exception {
        List<String> addresses = FreeAddresses.ofOnePort(5);
        resolve(List.of());
        try (LivingRing ring = ringAt(addresses)) {
            ring.launch(0);
            ring.launch(1);
            ring.launch(2);
            ring.awaitWaiting(0);
            ring.awaitWaiting(2);

            resolve(addresses.subList(0, 3));
            for (int node = 0; node < 3; node++) {
                ring.awaitReady(node);
            }
            ring.awaitSettled();
            assertThat(ring.rings()).hasSize(1);
            assertThat(ring.report(0).path("members")).hasSize(3);
            String founded = ring.rings().get(0);

            ring.start(3); // The record does not name it: it enters by those that it names.
            ring.awaitSettled();
            assertThat(ring.rings()).containsExactly(founded);

            ring.kill(0);
            resolve(addresses.subList(1, 4)); // As a headless service does.
            ring.start(4);
            assertThat(ring.report(4).path("ring").asText()).isEqualTo(founded);
        }
    }
}
