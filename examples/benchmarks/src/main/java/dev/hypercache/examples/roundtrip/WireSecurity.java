package dev.hypercache.examples.roundtrip;

import dev.hypercache.examples.proofs.Proof;
import dev.hypercache.examples.proofs.ProofFolder;
import dev.hypercache.security.HmacSignerFactory;
import dev.hypercache.security.JsseMaterialReader;
import dev.hypercache.security.KeyFileReader;
import dev.hypercache.spi.security.TlsMaterial;
import dev.hypercache.spi.transport.RingFence;
import dev.hypercache.transport.auth.IdentityCheck;
import dev.hypercache.transport.auth.LiveKeys;
import dev.hypercache.transport.auth.LiveTls;
import dev.hypercache.transport.auth.PortSecurity;
import dev.hypercache.transport.auth.SignedCalls;
import java.util.List;
import java.util.Set;

/** What an end of a wire is secured with, from the folder that this process was given. */
final class WireSecurity {

    private WireSecurity() {}

    static PortSecurity of(Proof proof, String node) {
        PortSecurity open = PortSecurity.open(node);
        return switch (proof) {
            case NONE -> open;
            case KEYS ->
                new PortSecurity(null, null, shared(node), null, open.audit(), open.counters(), open.clockMillis());
            case CERTIFICATES ->
                new PortSecurity(
                        new LiveTls(material(node)),
                        new IdentityCheck(ProofFolder.TRUST_DOMAIN, RingFence.CLUSTER_DEFAULT),
                        null,
                        null,
                        open.audit(),
                        open.counters(),
                        open.clockMillis());
        };
    }

    private static SignedCalls shared(String node) {
        LiveKeys keys = new LiveKeys(new HmacSignerFactory().create());
        keys.apply(new KeyFileReader().read(ProofFolder.given().keys()));
        return SignedCalls.of(keys, RingFence.CLUSTER_DEFAULT, Set.of(node), System::currentTimeMillis);
    }

    /** Of TLS 1.3 alone, as nodes have it unless they are told otherwise. */
    static TlsMaterial material(String node) {
        return new JsseMaterialReader().read(ProofFolder.given().certificateOf(node), List.of());
    }
}
