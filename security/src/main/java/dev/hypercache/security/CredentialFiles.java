package dev.hypercache.security;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/**
 * Writes credentials to the files of a directory.
 *
 * <p>A file is written under a passing name and moved into its place, so that who watches it never sees half of it. Secrets are
 * created with mode 0600, so that there is no moment at which others could open them; where files have no modes, the
 * administrator answers for the directory's access list.
 */
final class CredentialFiles {

    private static final String PASSING = ".new";

    private final Path directory;

    CredentialFiles(Path directory) {
        this.directory = directory;
    }

    /** Writes certificates in PEM, for anybody to read. */
    Path writeCertificates(String name, List<X509Certificate> certificates) {
        try {
            ByteArrayOutputStream pem = new ByteArrayOutputStream();
            for (X509Certificate certificate : certificates) {
                writePem(pem, "CERTIFICATE", certificate.getEncoded());
            }
            return write(name, pem.toByteArray(), "rw-r--r--");
        } catch (IOException e) {
            throw notWritten(name, e);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "A certificate for file " + name + " cannot be encoded. Issue it anew.", e);
        }
    }

    /** Writes a private key in PEM, PKCS#8 without encryption, for its owner alone. */
    Path writeKey(String name, PrivateKey key) {
        byte[] encoded = key.getEncoded();
        try {
            ByteArrayOutputStream pem = new ByteArrayOutputStream();
            writePem(pem, "PRIVATE KEY", encoded);
            return writeSecret(name, pem.toByteArray());
        } catch (IOException e) {
            throw notWritten(name, e);
        } finally {
            Arrays.fill(encoded, (byte) 0);
        }
    }

    /**
     * Writes a secret for its owner alone.
     *
     * @param content the bytes; zeroed afterwards
     */
    Path writeSecret(String name, byte[] content) {
        try {
            return write(name, content, "rw-------");
        } catch (IOException e) {
            throw notWritten(name, e);
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    private Path write(String name, byte[] content, String mode) throws IOException {
        Files.createDirectories(directory);
        Path passing = directory.resolve(name + PASSING);
        Path file = directory.resolve(name);
        Files.deleteIfExists(passing);
        try (SeekableByteChannel channel = Files.newByteChannel(
                        passing, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes(mode));
                OutputStream out = Channels.newOutputStream(channel)) {
            out.write(content);
        }
        return Files.move(passing, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private FileAttribute<?>[] attributes(String mode) {
        boolean posix = directory.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))}
                : new FileAttribute<?>[0];
    }

    private static void writePem(ByteArrayOutputStream out, String type, byte[] content) throws IOException {
        PemWriter writer = new PemWriter(new OutputStreamWriter(out, StandardCharsets.US_ASCII));
        writer.writeObject(new PemObject(type, content));
        writer.flush();
    }

    private UncheckedIOException notWritten(String name, IOException e) {
        return new UncheckedIOException(
                "File " + directory.resolve(name)
                        + " cannot be written. Name a directory of a disk with room, where the user may write.",
                e);
    }
}
