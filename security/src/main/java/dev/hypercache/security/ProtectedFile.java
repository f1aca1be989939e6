package dev.hypercache.security;

import dev.hypercache.spi.security.SecretUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * A file that holds a secret, read only if nobody but its owner can (SECURITY R11).
 *
 * <p>On POSIX systems the mode must be 0600 or 0400; of a symbolic link, the mode of its target. Other systems have no mode
 * to check: there the administrator answers for the file's access list.
 */
final class ProtectedFile {

    /** The most bytes of a file; secrets and certificate chains are far shorter. */
    static final int BYTES_MAX = 64 * 1024;

    private static final Set<PosixFilePermission> ALLOWED =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private ProtectedFile() {}

    /**
     * Reads a file that only its owner may open.
     *
     * @param file the file
     * @return its bytes, the caller's to zero
     * @throws SecretUnavailableException if it is missing, open to others, too long or not a file
     */
    static byte[] readSecret(Path file) {
        return readSecret(file, BYTES_MAX);
    }

    /**
     * Reads a file that only its owner may open.
     *
     * @param file the file
     * @param bytesMax the most bytes it may have
     * @return its bytes, the caller's to zero
     * @throws SecretUnavailableException if it is missing, open to others, too long or not a file
     */
    static byte[] readSecret(Path file, int bytesMax) {
        requireRegular(file);
        requireOwnerOnly(file);
        return readBounded(file, bytesMax);
    }

    /**
     * Reads a file that anybody may open, such as a certificate.
     *
     * @param file the file
     * @return its bytes
     * @throws SecretUnavailableException if it is missing, too long or not a file
     */
    static byte[] readPublic(Path file) {
        requireRegular(file);
        return readBounded(file, BYTES_MAX);
    }

    private static void requireRegular(Path file) {
        if (!Files.exists(file)) {
            throw new SecretUnavailableException(
                    "File " + file + " does not exist or cannot be reached. Create it, or correct the path.");
        }
        if (!Files.isRegularFile(file)) {
            throw new SecretUnavailableException(
                    "File " + file + " is not a regular file. Name the file that holds the bytes.");
        }
    }

    private static void requireOwnerOnly(Path file) {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view == null) {
            return;
        }
        try {
            Set<PosixFilePermission> mode = view.readAttributes().permissions();
            if (!ALLOWED.containsAll(mode)) {
                throw new SecretUnavailableException("File " + file + " has mode " + octal(mode)
                        + ": a file with a secret must be readable by its owner alone, mode 0600 or 0400. Run: chmod 600 "
                        + file);
            }
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static byte[] readBounded(Path file, int bytesMax) {
        byte[] buffer = new byte[bytesMax + 1];
        try (InputStream in = Files.newInputStream(file)) {
            int length = in.readNBytes(buffer, 0, buffer.length);
            if (length > bytesMax) {
                throw new SecretUnavailableException(
                        "File " + file + " has more than " + bytesMax
                                + " bytes, the most that such a file of secrets or certificates may have. Name the right file.");
            }
            return Arrays.copyOf(buffer, length);
        } catch (IOException e) {
            throw unreadable(file, e);
        } finally {
            Arrays.fill(buffer, (byte) 0);
        }
    }

    private static SecretUnavailableException unreadable(Path file, IOException e) {
        String remedy = e instanceof NoSuchFileException
                ? "Create it, or correct the path."
                : "Let the user that runs this process own it, with mode 0600.";
        return new SecretUnavailableException("File " + file + " cannot be read. " + remedy, e);
    }

    private static String octal(Set<PosixFilePermission> mode) {
        int bits = 0;
        for (PosixFilePermission permission : mode) {
            // The constants are declared from the owner's read bit (0400) down to the others' execute bit (0001).
            bits |= 0400 >> permission.ordinal();
        }
        return String.format("%04o", bits);
    }
}
