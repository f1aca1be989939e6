package dev.hypercache.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hypercache.security.DevelopmentCa;
import dev.hypercache.spi.security.Identity;
import dev.hypercache.spi.security.Role;
import dev.hypercache.spi.security.TlsFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The application does the same as a node of a ring of three processes that know each other by certificates. */
@Timeout(180)
class SecuredRingTest {
    private static final int NODES = 3;
    private static final String READY = "HyperCache node is ready";

    @TempDir
    private Path directory;

    private final List<Process> members = new ArrayList<>();

    @AfterEach
    void endTheMembers() {
        members.forEach(Process::destroyForcibly);
    }

    @Test
    void applicationRunsOnARingWithCertificates() throws Exception {
        Instant now = Instant.now();
        DevelopmentCa authority =
                DevelopmentCa.create("test", now.minus(Duration.ofHours(1)), now.plus(Duration.ofDays(1)));
        List<String> addresses = freeAddresses();
        for (int node = 1; node < NODES; node++) {
            members.add(start(settings(authority, addresses, node), output(node)));
        }
        Properties own = settings(authority, addresses, 0);
        own.setProperty("hypercache.codec.java.allow", "@spring," + YearOfChanges.class.getName());
        Path file = directory.resolve("n1.properties");
        try (OutputStream out = Files.newOutputStream(file)) {
            own.store(out, null);
        }

        ClockChangesApplication.main(new String[] {"--spring.cache.jcache.config=" + file.toUri()});

        for (int node = 1; node < NODES; node++) {
            Path said = output(node);
            await().untilAsserted(() -> assertThat(said).content().contains(READY));
        }
    }

    private Properties settings(DevelopmentCa authority, List<String> addresses, int node) {
        String name = "n" + (node + 1);
        TlsFiles files = authority.writePem(
                directory.resolve(name),
                name,
                authority.issue(new Identity("example.org", "hypercache", Role.MEMBER, name)));
        Properties settings = new Properties();
        settings.setProperty("hypercache.bind", addresses.get(node));
        settings.setProperty("hypercache.seeds", String.join(",", addresses));
        settings.setProperty("hypercache.ring.slots", "64");
        settings.setProperty("hypercache.request.timeout", "30s");
        settings.setProperty("hypercache.security.tls.cert", String.valueOf(files.certificate()));
        settings.setProperty("hypercache.security.tls.key", String.valueOf(files.key()));
        settings.setProperty("hypercache.security.tls.trust", String.valueOf(files.trust()));
        return settings;
    }

    private Path output(int node) {
        return directory.resolve("output-" + node);
    }

    private static Process start(Properties settings, Path output) throws IOException {
        List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java", "-Xmx256m"));
        settings.stringPropertyNames().forEach(name -> command.add("-D" + name + "=" + settings.getProperty(name)));
        command.addAll(
                List.of("-cp", System.getProperty("java.class.path"), "dev.hypercache.bootstrap.StandaloneNode"));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    private static List<String> freeAddresses() throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        List<String> addresses = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            sockets.add(socket);
            addresses.add("127.0.0.1:" + socket.getLocalPort());
        }
        for (ServerSocket socket : sockets) {
            socket.close();
        }
        return addresses;
    }
}
