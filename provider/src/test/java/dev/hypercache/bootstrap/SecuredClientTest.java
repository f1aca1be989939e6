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
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients of rings whose members ask each caller who it is. */
@Timeout(240)
final class SecuredClientTest {

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

    private String[] tls(DevelopmentCa ca, Role role, String node) throws IOException {
        Identity identity = new Identity("test.example", "hypercache", role, node);
        Path files = Files.createTempDirectory(directory, node);
        TlsFiles written = ca.writePem(files, node, ca.issue(identity));
        return new String[] {
            "hypercache.security.tls.cert", String.valueOf(written.certificate()),
            "hypercache.security.tls.key", String.valueOf(written.key()),
            "hypercache.security.tls.trust", String.valueOf(written.trust())
        };
    }

    private String[] keys(String... lines) throws IOException {
        Path file = Files.createTempFile(
                directory,
                "keys",
                "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(file, List.of(lines));
        return new String[] {"hypercache.security.hmac.keys.file", file.toString()};
    }

    private static CompletableFuture<Cache<String, String>> opened(HyperCacheManager manager) {
        return Aside.supply(() -> manager.createCache("books", new MutableConfiguration<String, String>()));
    }

    private List<Cache<String, String>> ring(List<String> seeds, List<String[]> security) {
        List<CompletableFuture<Cache<String, String>>> opening = new ArrayList<>();
        for (int i = 0; i < seeds.size(); i++) {
            opening.add(opened(managers.manager(seeds.get(i), seeds, security.get(i))));
        }
        return opening.stream().map(CompletableFuture::join).toList();
    }

    private static void assertShared(Cache<String, String> atClient, List<Cache<String, String>> atMembers) {
        for (int i = 0; i < 50; i++) {
            atClient.put("key " + i, "value " + i);
            assertThat(atMembers.get(i % atMembers.size()).get("key " + i)).isEqualTo("value " + i);
            atMembers.get(i % atMembers.size()).put("key " + i, "other");
            assertThat(atClient.get("key " + i)).isEqualTo("other");
        }
    }

    @Test
    void certificateOfAClientIsEnough() throws Exception {
        DevelopmentCa ca = authority();
        List<String> seeds = SocketManagers.addresses(3);
        List<Cache<String, String>> members = ring(
                seeds, List.of(tls(ca, Role.MEMBER, "n1"), tls(ca, Role.MEMBER, "n2"), tls(ca, Role.MEMBER, "n3")));

        assertShared(
                opened(managers.client(seeds, tls(ca, Role.CLIENT, "shop"))).join(), members);
    }

    @Test
    void keyOfAClientIsEnough() throws Exception {
        String ofMembers = NewKey.line("k1", Role.MEMBER);
        String ofClients = NewKey.line("k2", Role.CLIENT);
        List<String> seeds = SocketManagers.addresses(3);
        String[] ofMember = keys(ofMembers + " signs", ofClients);
        List<Cache<String, String>> members = ring(seeds, List.of(ofMember, ofMember, ofMember));

        assertShared(
                opened(managers.client(seeds, keys(ofMembers, ofClients + " signs")))
                        .join(),
                members);
    }

    @Test
    void clientWithoutAProofIsTurnedAway() throws Exception {
        DevelopmentCa ca = authority();
        List<String> seeds = SocketManagers.addresses(1);
        List<Cache<String, String>> unused = ring(seeds, List.<String[]>of(tls(ca, Role.MEMBER, "n1")));
        HyperCacheManager stranger = managers.client(seeds, tls(authority(), Role.CLIENT, "shop"));
        HyperCacheManager operator = managers.client(seeds, tls(ca, Role.ADMIN, "ops"));

        assertThatThrownBy(() -> operator.createCache("books", new MutableConfiguration<String, String>()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("clients of a ring have role client");
        assertThatThrownBy(() -> stranger.createCache("books", new MutableConfiguration<String, String>()))
                .isInstanceOf(RingRefusedException.class)
                .hasMessageContaining("TLS");
    }
}
