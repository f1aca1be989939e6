package dev.hypercache.examples.proofs;

import dev.hypercache.security.DevelopmentCa;
import dev.hypercache.security.NewKey;
import dev.hypercache.spi.security.Identity;
import dev.hypercache.spi.security.Role;
import dev.hypercache.spi.security.TlsFiles;
import dev.hypercache.spi.transport.RingFence;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A folder with the certificates of all processes of a run and the key that they share. The process that a user starts makes it
 * and removes it when it ends; the others get its path by the system property {@value #PROPERTY}.
 */
public final class ProofFolder {

    /** Names the folder to the processes of a run. */
    public static final String PROPERTY = "benchmarks.proofs";

    /** The trust domain of all certificates. */
    public static final String TRUST_DOMAIN = "benchmarks.example";

    private static final String KEYS = "keys";
    private static final Duration EARLIER = Duration.ofHours(1);
    /** Longer than any run, and so long that no node warns. */
    private static final Duration VALID = Duration.ofDays(60);

    private final Path directory;

    private ProofFolder(Path directory) {
        this.directory = directory;
    }

    /**
     * Makes a key and a certificate for each node, all of one new authority, in a new folder.
     *
     * @param nodes the nodes' names
     * @return the folder; it is there until this process ends
     * @throws IOException if it cannot be written
     */
    public static ProofFolder issue(List<String> nodes) throws IOException {
        Path directory = Files.createTempDirectory("benchmark-proofs");
        ProofFolder folder = new ProofFolder(directory);
        Runtime.getRuntime().addShutdownHook(new Thread(folder::remove));
        Instant now = Instant.now();
        DevelopmentCa authority = DevelopmentCa.create("benchmarks", now.minus(EARLIER), now.plus(VALID));
        for (String node : nodes) {
            Identity identity = new Identity(TRUST_DOMAIN, RingFence.CLUSTER_DEFAULT, Role.MEMBER, node);
            authority.writePem(directory, node, authority.issue(identity));
        }
        Path keys = Files.createFile(
                folder.keys(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(keys, NewKey.line("k1", Role.MEMBER) + " signs\n");
        return folder;
    }

    /**
     * Takes up the folder that another process made for this one.
     *
     * @throws IllegalStateException if the system property does not name it
     */
    public static ProofFolder given() {
        String path = System.getProperty(PROPERTY, "");
        if (path.isEmpty()) {
            throw new IllegalStateException("The system property " + PROPERTY
                    + " names no folder of certificates. Start TransportRoundTrip or CompareRings, which make one.");
        }
        return new ProofFolder(Path.of(path));
    }

    /** What a JVM has to be started with to find this folder. */
    public String jvmOption() {
        return "-D" + PROPERTY + "=" + directory;
    }

    /** The folder. */
    public Path directory() {
        return directory;
    }

    /** The certificate of a node, its key, and whom it trusts. */
    public TlsFiles certificateOf(String node) {
        return new TlsFiles(
                directory.resolve(node + ".pem"),
                directory.resolve(node + ".key"),
                directory.resolve("ca.pem"),
                null,
                null);
    }

    /** The file with the shared key. */
    public Path keys() {
        return directory.resolve(KEYS);
    }

    private void remove() {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                Files.delete(file);
            }
            Files.delete(directory);
        } catch (IOException e) {
            System.err.println("The folder " + directory + " cannot be removed, do so by hand: " + e);
        }
    }
}
