package dev.hypercache.spi.security;

import java.nio.file.Path;

/**
 * Reads bearer tokens from a file. Found by {@link java.util.ServiceLoader}; has a public constructor without parameters. Called
 * by any thread; waits for the disk.
 */
public interface BearerTokensReader {

    /**
     * Reads the tokens anew.
     *
     * @param file a file that its owner alone may read
     * @return the tokens
     * @throws SecretUnavailableException if it is missing, open to others or malformed; the message names the line
     */
    BearerTokens read(Path file);
}
