package dev.hypercache.spi.security;

/**
 * Reads secrets from one kind of place. Found by {@link java.util.ServiceLoader}; has a public constructor without
 * parameters.
 *
 * <p>Called by any thread; may wait for a disk or for a key server.
 */
public interface SecretSource {

    /**
     * Returns the word before the colon by which a configuration names this kind of place.
     *
     * @return lower-case letters, digits and hyphens, beginning with a letter
     */
    String scheme();

    /**
     * Reads a secret anew.
     *
     * @param location what stands after the colon, such as a path or a name
     * @return the secret, the caller's to destroy
     * @throws SecretUnavailableException if it is missing, malformed, too long or open to others; the message names the
     *     location and never the content
     */
    Secret read(String location);
}
