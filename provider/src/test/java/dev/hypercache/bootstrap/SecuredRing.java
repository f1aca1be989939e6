package dev.hypercache.bootstrap;

import dev.hypercache.security.DevelopmentCa;
import dev.hypercache.security.NewKey;
import dev.hypercache.security.NewToken;
import dev.hypercache.spi.security.Identity;
import dev.hypercache.spi.security.Role;
import dev.hypercache.spi.security.TlsFiles;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A ring over sockets whose nodes ask who calls, with a bearer token of each role. */
final class SecuredRing implements AutoCloseable {

    private final SocketManagers managers = new SocketManagers();
    private final Map<Role, String> tokens = new EnumMap<>(Role.class);
    private final List<Cache<String, String>> caches = new ArrayList<>();
    private final List<String> addresses;
    private final Path directory;
    private final DevelopmentCa ca;
    private final boolean isTls;
    private final String keyLine = NewKey.line("first", Role.MEMBER);
    private final String otherKeyLine = NewKey.line("second", Role.MEMBER);

    private SecuredRing(Path directory, boolean isTls, int nodes) throws IOException {
        this.directory = directory;
        this.isTls = isTls;
        this.addresses = SocketManagers.addresses(nodes);
        Instant now = Instant.now();
        this.ca = DevelopmentCa.create("test", now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(9)));
    }

    /** Starts nodes with certificates, or with shared keys alone. */
    static SecuredRing start(Path directory, boolean isTls, int nodes) throws Exception {
        SecuredRing ring = new SecuredRing(directory, isTls, nodes);
        try {
            ring.start();
            return ring;
        } catch (Exception | Error e) {
            ring.close();
            throw e;
        }
    }

    private void start() throws Exception {
        StringBuilder lines = new StringBuilder();
        for (Role role : Role.values()) {
            NewToken token = NewToken.of(role.label() + "-token", role);
            tokens.put(role, token.token());
            lines.append(token.line()).append('\n');
        }
        List<CompletableFuture<Cache<String, String>>> starting = new ArrayList<>();
        for (int node = 0; node < addresses.size(); node++) {
            write(file(node, "tokens"), lines.toString());
            writeKeys(node, keyLine + " signs");
            issue(node);
            CacheManager manager = managers.manager(addresses.get(node), addresses, settings(node));
            starting.add(Aside.supply(() -> manager.createCache("books", new MutableConfiguration<>())));
        }
        for (CompletableFuture<Cache<String, String>> cache : starting) {
            caches.add(cache.get(90, TimeUnit.SECONDS));
        }
    }

    private String[] settings(int node) {
        List<String> all = new ArrayList<>(List.of(
                "hypercache.node.name",
                "n" + (node + 1),
                "hypercache.security.bearer.file",
                file(node, "tokens").toString(),
                "hypercache.security.hmac.keys.file",
                file(node, "keys").toString(),
                "hypercache.security.reload.interval",
                "1h",
                "hypercache.cache.books.statistics",
                "on"));
        if (isTls) {
            all.addAll(List.of(
                    "hypercache.security.tls.cert", file(node, "node.pem").toString(),
                    "hypercache.security.tls.key", file(node, "node.key").toString(),
                    "hypercache.security.tls.trust", file(node, "ca.pem").toString()));
        }
        return all.toArray(String[]::new);
    }

    /** Writes a new certificate over that of a node. */
    TlsFiles issue(int node) {
        Identity identity = new Identity("test.example", "hypercache", Role.MEMBER, "n" + (node + 1));
        return ca.writePem(directory.resolve("n" + node), "node", ca.issue(identity));
    }

    Path file(int node, String name) {
        return directory.resolve("n" + node).resolve(name);
    }

    static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text);
    }

    void writeKeys(int node, String... lines) throws IOException {
        write(file(node, "keys"), String.join("\n", lines) + "\n");
    }

    /** The line of the key that all nodes start with, without the word that it signs. */
    String firstKey() {
        return keyLine;
    }

    String secondKey() {
        return otherKeyLine;
    }

    Cache<String, String> cache(int node) {
        return caches.get(node);
    }

    String address(int node) {
        return addresses.get(node);
    }

    void leave(int node) {
        managers.provider(node).close();
    }

    String tokenOf(Role role) {
        return Objects.requireNonNull(tokens.get(role), "token");
    }

    HttpResponse<String> get(int node, Role role, String target) throws Exception {
        return send(node, role, target, "GET");
    }

    HttpResponse<String> post(int node, Role role, String target) throws Exception {
        return send(node, role, target, "POST");
    }

    private HttpResponse<String> send(int node, Role role, String target, String method) throws Exception {
        URI uri = URI.create((isTls ? "https://" : "http://") + addresses.get(node) + target);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + tokenOf(role))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return client().send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** A caller that trusts the authority and has no certificate; a new one, so that no connection is reused. */
    private HttpClient client() throws GeneralSecurityException, IOException {
        HttpClient.Builder client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
        return isTls ? client.sslContext(anonymous()).build() : client.build();
    }

    SSLContext anonymous() throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("ca", ca.certificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    @Override
    public void close() {
        managers.close();
    }
}
