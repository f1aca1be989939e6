package dev.hypercache.cluster;

import dev.hypercache.security.DevelopmentCa;
import dev.hypercache.spi.security.Credentials;
import dev.hypercache.spi.security.Identity;
import dev.hypercache.spi.security.Role;
import dev.hypercache.spi.security.TlsFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The certificates, keys and trusted authorities of a ring's nodes in PEM files, which may change while the nodes run. */
final class CertificateFolder implements RingSecurity {

    private static final String DOMAIN = "test.example";
    static final String CLUSTER = "hypercache";

    private final SecurityFolder folder = SecurityFolder.create();
    private final List<Holder> holders;

    private CertificateFolder(List<Holder> holders) throws IOException {
        this.holders = List.copyOf(holders);
    }

    /** Whom a certificate is issued for. */
    record Holder(Role role, String name) {}

    /** An authority whose certificates are valid today. */
    static DevelopmentCa newAuthority(String name) {
        Instant now = Instant.now();
        return DevelopmentCa.create(name, now.minus(Duration.ofHours(1)), now.plus(Duration.ofDays(1)));
    }

    /** The files of a ring whose nodes trust their own authority alone. */
    static CertificateFolder issue(DevelopmentCa authority, int nodes) throws IOException {
        return issue(
                authority,
                IntStream.rangeClosed(1, nodes)
                        .mapToObj(node -> new Holder(Role.MEMBER, "n" + node))
                        .toList());
    }

    /** The files of a ring's nodes and of others that use it. */
    static CertificateFolder issue(DevelopmentCa authority, List<Holder> holders) throws IOException {
        CertificateFolder made = new CertificateFolder(holders);
        made.trust(authority);
        List<String> unused = made.renew(authority);
        return made;
    }

    /** Who a certificate speaks for. */
    static Identity identity(Role role, String name) {
        return new Identity(DOMAIN, CLUSTER, role, name);
    }

    /**
     * Writes a new key and certificate for each node over those that are there.
     *
     * @return the serial numbers of the new certificates by node, hexadecimal
     */
    List<String> renew(DevelopmentCa authority) throws IOException {
        List<String> serials = new ArrayList<>();
        for (int node = 0; node < holders.size(); node++) {
            Holder holder = holders.get(node);
            Credentials issued = authority.issue(identity(holder.role(), holder.name()));
            TlsFiles files = authority.writePem(folder.staging(), "node", issued);
            SecurityFolder.move(Path.of(String.valueOf(files.key())), folder.file(node, "node.key"));
            SecurityFolder.move(Path.of(String.valueOf(files.certificate())), folder.file(node, "node.pem"));
            serials.add(issued.chain().get(0).getSerialNumber().toString(16));
        }
        return serials;
    }

    /** From now on nodes trust these authorities, and no others. */
    void trust(DevelopmentCa... authorities) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (DevelopmentCa authority : authorities) {
            authority.writeAuthority(folder.staging());
            all.write(Files.readAllBytes(folder.staging().resolve("ca.pem")));
        }
        for (int node = 0; node < holders.size(); node++) {
            folder.write(folder.file(node, "ca.pem"), all.toByteArray());
        }
    }

    @Override
    public List<String> settingsOf(int node) {
        return List.of(
                "hypercache.security.tls.cert=" + folder.file(node, "node.pem"),
                "hypercache.security.tls.key=" + folder.file(node, "node.key"),
                "hypercache.security.tls.trust=" + folder.file(node, "ca.pem"));
    }
}
