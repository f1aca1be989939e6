package dev.hypercache.transport.undertow;

import dev.hypercache.security.DevelopmentCa;
import dev.hypercache.security.JsseMaterialReader;
import dev.hypercache.spi.security.Credentials;
import dev.hypercache.spi.security.Identity;
import dev.hypercache.spi.security.Role;
import dev.hypercache.spi.security.TlsFiles;
import dev.hypercache.spi.security.TlsMaterial;
import dev.hypercache.transport.auth.IdentityCheck;
import dev.hypercache.transport.auth.LiveTls;
import dev.hypercache.transport.auth.PortSecurity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** An authority of a test, and what nodes and strangers make of its certificates. */
public final class TestAuthority {

    public static final String DOMAIN = "test.example";
    public static final String CLUSTER = "hypercache";

    private final DevelopmentCa ca;
    private final Path directory;

    private TestAuthority(Path directory) {
        Instant now = Instant.now();
        this.directory = directory;
        this.ca = DevelopmentCa.create("test", now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(1)));
    }

    /** Makes an authority whose files lie in a new directory below the given one. */
    public static TestAuthority in(Path parent) {
        try {
            return new TestAuthority(Files.createTempDirectory(parent, "authority"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Identity identity(Role role, String node) {
        return new Identity(DOMAIN, CLUSTER, role, node);
    }

    /** Material of a node that trusts this authority alone. */
    public TlsMaterial material(String node) {
        return read(files(ca.issue(identity(Role.MEMBER, node))));
    }

    /** Material of a node that speaks these versions of TLS. */
    public TlsMaterial material(String node, List<String> protocols) {
        return new JsseMaterialReader().read(files(ca.issue(identity(Role.MEMBER, node))), protocols);
    }

    /** Material of a node that trusts others, too. */
    TlsMaterial trusting(String node, TestAuthority... others) {
        TlsFiles files = files(ca.issue(identity(Role.MEMBER, node)));
        try {
            for (TestAuthority other : others) {
                Path theirs =
                        other.files(other.ca.issue(identity(Role.MEMBER, node))).trust();
                Files.write(files.trust(), Files.readAllBytes(theirs), StandardOpenOption.APPEND);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return read(files);
    }

    private static TlsMaterial read(TlsFiles files) {
        return new JsseMaterialReader().read(files, List.of());
    }

    private TlsFiles files(Credentials credentials) {
        try {
            return ca.writePem(Files.createTempDirectory(directory, "node"), "node", credentials);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Security of a node that trusts this authority alone. */
    PortSecurity security(String node) {
        return security(node, new LiveTls(material(node)));
    }

    /** Security of a client that trusts this authority alone. */
    PortSecurity clientSecurity(String node) {
        return security(node, new LiveTls(read(files(ca.issue(identity(Role.CLIENT, node))))));
    }

    static PortSecurity security(String node, LiveTls tls) {
        PortSecurity open = PortSecurity.open(node);
        return new PortSecurity(
                tls, new IdentityCheck(DOMAIN, CLUSTER), null, null, open.audit(), open.counters(), open.clockMillis());
    }

    /** Somebody with a certificate of this authority that says whatever a test likes. */
    public SSLContext stranger(String... uris) throws GeneralSecurityException, IOException {
        Instant from = ca.certificate().getNotBefore().toInstant();
        Instant to = ca.certificate().getNotAfter().toInstant();
        return context(ca.issue("stranger", List.of(uris), DevelopmentCa.LOCAL_HOSTS, from, to));
    }

    /** Somebody whose certificate is valid for a while only. */
    public SSLContext valid(Instant from, Instant to, String uri) throws GeneralSecurityException, IOException {
        return context(ca.issue("stranger", List.of(uri), DevelopmentCa.LOCAL_HOSTS, from, to));
    }

    /** Somebody without a certificate. */
    public SSLContext anonymous() throws GeneralSecurityException, IOException {
        return context(null);
    }

    private SSLContext context(Credentials own) throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("ca", ca.certificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        KeyManagerFactory keys = null;
        if (own != null) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("own", own.key(), new char[0], own.chain().toArray(Certificate[]::new));
            keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(store, new char[0]);
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys == null ? null : keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
