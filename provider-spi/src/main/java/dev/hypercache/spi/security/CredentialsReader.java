package dev.hypercache.spi.security;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Reads credentials of one format from files. Found by {@link java.util.ServiceLoader}; has a public constructor without
 * parameters. Called by any thread; waits for the disk.
 */
public interface CredentialsReader {

    /**
     * Returns the format's name.
     *
     * @return a lower-case word, such as {@code pem}
     */
    String format();

    /**
     * Reads a private key and its certificate chain anew.
     *
     * @param keyFile the file with the key
     * @param chainFile the file with the certificates, the node's own first; may be the same file
     * @param keyPassword what the key is encrypted with, or null if it is not; stays the caller's
     * @return the credentials; the key fits the first certificate
     * @throws SecretUnavailableException if a file is missing, malformed or open to others, if the password is missing or
     *     wrong, or if key and certificate do not belong together
     */
    Credentials read(Path keyFile, Path chainFile, @Nullable Secret keyPassword);
}
