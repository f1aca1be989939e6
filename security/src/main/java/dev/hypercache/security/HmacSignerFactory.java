package dev.hypercache.security;

import dev.hypercache.spi.security.MessageAuthenticator;
import dev.hypercache.spi.security.MessageAuthenticatorFactory;

/** Makes {@link HmacSigner}s; registered for {@link java.util.ServiceLoader}. */
public final class HmacSignerFactory implements MessageAuthenticatorFactory {

    /** Makes a factory; it has no state. */
    public HmacSignerFactory() {}

    @Override
    public String algorithm() {
        return "hmac-sha256";
    }

    @Override
    public MessageAuthenticator create() {
        return new HmacSigner(new HmacKeys());
    }
}
