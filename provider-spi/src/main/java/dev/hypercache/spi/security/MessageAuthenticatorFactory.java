package dev.hypercache.spi.security;

/** Makes message authenticators. Found by {@link java.util.ServiceLoader}; has a public constructor without parameters. */
public interface MessageAuthenticatorFactory {

    /**
     * Returns the algorithm's name as RFC 9421 §6.2 registers it.
     *
     * @return such as {@code hmac-sha256}
     */
    String algorithm();

    /**
     * Makes an authenticator that knows no key.
     *
     * @return a new authenticator
     */
    MessageAuthenticator create();
}
