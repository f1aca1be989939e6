package dev.hypercache.transport.undertow;

import dev.hypercache.security.HmacKeys;
import dev.hypercache.security.HmacSigner;
import dev.hypercache.spi.security.MessageAuthenticator;
import dev.hypercache.spi.security.Role;
import dev.hypercache.spi.security.Secret;
import dev.hypercache.spi.security.SigningKey;
import dev.hypercache.transport.auth.LiveKeys;
import dev.hypercache.transport.auth.PortSecurity;
import dev.hypercache.transport.auth.SignedCalls;
import java.util.Arrays;
import java.util.Set;

/** Keys that nodes of a test hold. */
final class TestKeys {

    static final String CLUSTER = "hypercache";

    private TestKeys() {}

    /** Holds the named keys, of which the first one signs; a name makes the same secret everywhere. */
    static LiveKeys holding(String... ids) {
        MessageAuthenticator authenticator = new HmacSigner(new HmacKeys());
        for (String id : ids) {
            authenticator.keys().install(key(id, id));
        }
        if (ids.length > 0) {
            authenticator.keys().use(ids[0]);
        }
        return new LiveKeys(authenticator);
    }

    /** A key with the secret that belongs to another name. */
    static SigningKey key(String id, String secretOf) {
        byte[] secret = new byte[32];
        Arrays.fill(secret, (byte) secretOf.hashCode());
        return SigningKey.unlimited(id, Secret.copyOf(secret), Role.MEMBER);
    }

    /** The calls of a node that holds these keys. */
    static SignedCalls calls(String node, LiveKeys keys) {
        return SignedCalls.of(keys, CLUSTER, Set.of(node), System::currentTimeMillis);
    }

    /** The security of a node that holds these keys. */
    static PortSecurity security(String node, LiveKeys keys) {
        PortSecurity open = PortSecurity.open(node);
        return new PortSecurity(null, null, calls(node, keys), null, open.audit(), open.counters(), open.clockMillis());
    }
}
