package dev.hypercache.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypercache.config.ConfigurationException;
import dev.hypercache.jcache.HyperCacheManager;
import dev.hypercache.security.DevelopmentCa;
import dev.hypercache.security.NewKey;
import dev.hypercache.spi.security.Identity;
import dev.hypercache.spi.security.Role;
import dev.hypercache.spi.security.TlsFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rings whose nodes ask each other who they are, by configuration alone. */
final class SecuredRingTest {

    private final SocketManagers managers = new SocketManagers();

    @TempDir
    private Path directory;

    @AfterEach
    void close() {
        managers.close();
    }

    private static DevelopmentCa authority() {
        Instant now = Instant.now();
        return DevelopmentCa.create("test", now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(60)));
    }

    private String[] tls(DevelopmentCa ca, String node) throws IOException {
        Identity identity = new Identity("test.example", "hypercache", Role.MEMBER, node);
        Path files = Files.createTempDirectory(directory, node);
        TlsFiles written = ca.writePem(files, node, ca.issue(identity));
        return new String[] {
            "hypercache.security.tls.cert", String.valueOf(written.certificate()),
            "hypercache.security.tls.key", String.valueOf(written.key()),
            "hypercache.security.tls.trust", String.valueOf(written.trust())
        };
    }

    private String[] keys(String line) throws IOException {
        Path file = Files.createTempFile(
                directory,
                "keys",
                "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, line + "\n");
        return new String[] {"hypercache.security.hmac.keys.file", file.toString()};
    }

    private static CompletableFuture<Cache<String, String>> opened(HyperCacheManager manager) {
        return CompletableFuture.supplyAsync(
                () -> manager.createCache("books", new MutableConfiguration<String, String>()));
    }

    private void assertIsARing(List<String> seeds, List<String[]> security) {
        List<CompletableFuture<Cache<String, String>>> opening = new ArrayList<>();
        for (int i = 0; i < seeds.size(); i++) {
            opening.add(opened(managers.manager(seeds.get(i), seeds, security.get(i))));
        }
        for (int i = 0; i < seeds.size(); i++) {
            opening.get(i).join().put("key " + i, "value " + i);
        }
        for (CompletableFuture<Cache<String, String>> cache : opening) {
            for (int i = 0; i < seeds.size(); i++) {
                assertThat(cache.join().get("key " + i)).isEqualTo("value " + i);
            }
        }
    }

    @Test
    void nodesWithCertificatesAreARing() throws Exception {
        DevelopmentCa ca = authority();
        assertIsARing(SocketManagers.addresses(3), List.of(tls(ca, "n1"), tls(ca, "n2"), tls(ca, "n3")));
    }

    @Test
    void nodesThatShareAKeyAreARing() throws Exception {
        String line = NewKey.line("k1", Role.MEMBER) + " signs";
        assertIsARing(SocketManagers.addresses(3), List.of(keys(line), keys(line), keys(line)));
    }

    @Test
    void nodeOfAnotherAuthorityIsInNoRing() throws Exception {
        List<String> seeds = SocketManagers.addresses(2);
        CompletableFuture<Cache<String, String>> one =
                opened(managers.manager(seeds.get(0), seeds, tls(authority(), "n1")));
        CompletableFuture<Cache<String, String>> two =
                opened(managers.manager(seeds.get(1), seeds, tls(authority(), "n2")));

        assertThatThrownBy(() -> CompletableFuture.anyOf(one, two).join())
                .hasRootCauseInstanceOf(RingRefusedException.class)
                .hasMessageContaining("hypercache.security.tls.trust");
    }

    @Test
    void nodeWithAnotherKeyIsInNoRing() throws Exception {
        List<String> seeds = SocketManagers.addresses(2);
        CompletableFuture<Cache<String, String>> one =
                opened(managers.manager(seeds.get(0), seeds, keys(NewKey.line("k1", Role.MEMBER) + " signs")));
        CompletableFuture<Cache<String, String>> two =
                opened(managers.manager(seeds.get(1), seeds, keys(NewKey.line("k1", Role.MEMBER) + " signs")));

        assertThatThrownBy(() -> CompletableFuture.anyOf(one, two).join())
                .hasRootCauseInstanceOf(RingRefusedException.class)
                .hasMessageContaining("does not believe");
    }

    @Test
    void certificateOfAnotherNodeIsRefusedAtTheStart() throws Exception {
        List<String> seeds = SocketManagers.addresses(1);
        String[] tls = tls(authority(), "n1");
        String[] more = List.of(tls[0], tls[1], tls[2], tls[3], tls[4], tls[5], "hypercache.node.name", "n2")
                .toArray(String[]::new);
        HyperCacheManager manager = managers.manager(seeds.get(0), seeds, more);

        assertThatThrownBy(() -> manager.createCache("books", new MutableConfiguration<>()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("hypercache.node.name")
                .hasMessageContaining("n1");
    }
}
