package dev.hypercache.spi.security;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Reads signing keys from a file. Found by {@link java.util.ServiceLoader}; has a public constructor without parameters. Called
 * by any thread; waits for the disk.
 */
public interface SigningKeysReader {

    /**
     * Reads the keys anew.
     *
     * @param file a file that its owner alone may read
     * @return the keys, the caller's to destroy
     * @throws SecretUnavailableException if it is missing, open to others or malformed, if a key is shorter than {@link
     *     SigningKey#SECRET_BYTES_LEAST} bytes, or if not exactly one key signs; the message names the line
     */
    Listed read(Path file);

    /**
     * What a file lists.
     *
     * @param keys all keys, 1 to {@link SigningKeys#KEYS_MAX}
     * @param signing the id of the one that signs
     */
    record Listed(List<SigningKey> keys, String signing) {

        /** Keeps an unmodifiable copy. */
        public Listed {
            keys = List.copyOf(keys);
            Objects.requireNonNull(signing, "signing");
        }
    }
}
