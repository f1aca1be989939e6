package dev.hypercache.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.security.DevelopmentCa;
import dev.hypercache.spi.security.Identity;
import dev.hypercache.spi.security.Role;
import dev.hypercache.spi.security.TlsFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The application in processes that were given addresses, seeds and certificates and nothing else: what it is like to deploy
 * it anew and to lose one.
 */
@Tag("long")
@Timeout(900)
class DeployedInstancesTest {
    private static final int ENTRIES = 300;
    private static final String FOUND_ALL = "found " + ENTRIES;
    private static final String NO_FAILURE = " failures 0 ";

    @TempDir
    private Path directory;

    private final List<Properties> settings = new ArrayList<>();
    private final List<InstanceProcess> started = new ArrayList<>();

    private void giveAddressesAndCertificates(int instances) throws IOException {
        Instant now = Instant.now();
        DevelopmentCa authority =
                DevelopmentCa.create("test", now.minus(Duration.ofHours(1)), now.plus(Duration.ofDays(1)));
        List<String> addresses = Instances.freeAddresses(instances);
        for (int i = 0; i < instances; i++) {
            String name = "n" + (i + 1);
            TlsFiles files = authority.writePem(
                    directory.resolve(name),
                    name,
                    authority.issue(new Identity("example.org", "hypercache", Role.MEMBER, name)));
            Properties own = new Properties();
            own.setProperty("hypercache.bind", addresses.get(i));
            own.setProperty("hypercache.seeds", String.join(",", addresses));
            own.setProperty("hypercache.security.tls.cert", String.valueOf(files.certificate()));
            own.setProperty("hypercache.security.tls.key", String.valueOf(files.key()));
            own.setProperty("hypercache.security.tls.trust", String.valueOf(files.trust()));
            settings.add(own);
        }
    }

    @AfterEach
    void endTheInstances() {
        started.forEach(InstanceProcess::close);
    }

    private List<InstanceProcess> startAll() throws IOException, InterruptedException {
        List<InstanceProcess> running = new ArrayList<>();
        for (int i = 0; i < settings.size(); i++) {
            running.add(start(i));
        }
        for (InstanceProcess instance : running) {
            instance.awaitReady();
        }
        return running;
    }

    private InstanceProcess start(int instance) throws IOException {
        InstanceProcess process = InstanceProcess.start(settings.get(instance));
        started.add(process);
        return process;
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void rollingDeployFailsNoCallAndLosesNoEntry(int instances) throws Exception {
        giveAddressesAndCertificates(instances);
        List<InstanceProcess> running = startAll();
        assertThat(running.get(0).ask("fill " + ENTRIES)).isEqualTo("filled");
        for (InstanceProcess instance : running) {
            instance.ask("traffic");
        }

        for (int i = 0; i < running.size(); i++) {
            InstanceProcess old = running.get(i);
            old.terminate();
            assertThat(old.next()).as("calls of instance %s until it ended", i).contains(NO_FAILURE);
            running.set(i, start(i).awaitReady());
            assertThat(running.get(i).ask("find " + ENTRIES)).isEqualTo(FOUND_ALL);
            running.get(i).ask("traffic");
        }

        for (InstanceProcess instance : running) {
            assertThat(instance.ask("report")).contains(NO_FAILURE);
            assertThat(instance.ask("find " + ENTRIES)).isEqualTo(FOUND_ALL);
        }
    }

    /** Both are deployed anew before: the one that lives and the one that returns were not founders of their ring. */
    @Test
    void callsGoOnWhenOneIsKilledAndEveryEntryIsThereAfterItsReturn() throws Exception {
        giveAddressesAndCertificates(2);
        List<InstanceProcess> running = startAll();
        assertThat(running.get(0).ask("fill " + ENTRIES)).isEqualTo("filled");
        for (int i = 0; i < running.size(); i++) {
            running.get(i).terminate();
            running.set(i, start(i).awaitReady());
        }
        InstanceProcess first = running.get(0);
        InstanceProcess second = running.get(1);
        assertThat(first.ask("find " + ENTRIES)).isEqualTo(FOUND_ALL);
        assertThat(first.ask("settle")).isEqualTo("settled");

        first.kill();
        assertThat(second.ask("call Europe/Paris")).isEqualTo("computed 2026-03-29T01:00:00Z");
        assertThat(second.ask("call Asia/Tokyo")).isEqualTo("computed null");

        InstanceProcess firstAnew = start(0).awaitReady();
        assertThat(firstAnew.ask("find " + ENTRIES)).isEqualTo(FOUND_ALL);
        assertThat(second.ask("find " + ENTRIES)).isEqualTo(FOUND_ALL);
        assertThat(second.ask("call Europe/Paris")).isEqualTo("computed 2026-03-29T01:00:00Z");
    }
}
