package dev.hypercache.transport.auth;

import dev.hypercache.spi.security.MessageAuthenticator;
import dev.hypercache.spi.security.Signature;
import dev.hypercache.spi.security.SigningKeys;
import dev.hypercache.spi.security.Verdict;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Notes how many bytes each verification is about. */
final class CountingAuthenticator implements MessageAuthenticator {

    final List<Integer> verifiedBytes = new ArrayList<>();

    private final MessageAuthenticator authenticator;

    CountingAuthenticator(MessageAuthenticator authenticator) {
        this.authenticator = authenticator;
    }

    @Override
    public Signature sign(long nowMillis, ByteBuffer... message) {
        return authenticator.sign(nowMillis, message);
    }

    @Override
    public Verdict verify(long nowMillis, Signature signature, ByteBuffer... message) {
        int bytes = 0;
        for (ByteBuffer part : message) {
            bytes += part.remaining();
        }
        verifiedBytes.add(bytes);
        return authenticator.verify(nowMillis, signature, message);
    }

    @Override
    public byte @Nullable [] derive(long nowMillis, String keyId, ByteBuffer... context) {
        return authenticator.derive(nowMillis, keyId, context);
    }

    @Override
    public SigningKeys keys() {
        return authenticator.keys();
    }
}
