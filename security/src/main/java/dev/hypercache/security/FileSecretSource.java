package dev.hypercache.security;

import dev.hypercache.spi.security.Secret;
import dev.hypercache.spi.security.SecretSource;
import dev.hypercache.spi.security.SecretUnavailableException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Reads secrets from files that only their owner may open: {@code file:/etc/hypercache/ring.key}.
 *
 * <p>The content is {@code base64:...}, {@code hex:...} or the bytes themselves, less one line break at the end. On POSIX
 * systems the file's mode must be 0600 or 0400 (SECURITY R11). At most 64 KiB.
 */
public final class FileSecretSource implements SecretSource {

    /** Makes a source; it has no state. */
    public FileSecretSource() {}

    @Override
    public String scheme() {
        return "file";
    }

    /**
     * Reads a file anew.
     *
     * @param location the file's path, absolute or from the working directory
     * @return the secret
     * @throws SecretUnavailableException if the file is missing, empty, malformed, too long or open to others
     */
    @Override
    public Secret read(String location) {
        Path file;
        try {
            file = Path.of(Objects.requireNonNull(location, "location"));
        } catch (InvalidPathException e) {
            throw new SecretUnavailableException("\"" + location + "\" is not a path. Name the file of the secret.", e);
        }
        return SecretEncoding.decode(ProtectedFile.readSecret(file), "File " + file);
    }
}
