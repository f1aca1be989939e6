package dev.hypercache.transport.undertow;

import dev.hypercache.spi.Peer;
import dev.hypercache.spi.security.Role;
import dev.hypercache.transport.auth.Caller;
import dev.hypercache.transport.auth.IdentityCheck;
import dev.hypercache.transport.auth.PortSecurity;
import dev.hypercache.transport.auth.RejectedCallerException;
import dev.hypercache.transport.auth.Rejection;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** Whether who answered a dialler is whom it meant: a member of the ring, and that very one (SECURITY R5). */
final class PeerCheck {

    private PeerCheck() {}

    /**
     * Finds out who answered.
     *
     * @param session the connection's TLS session, after its handshake; null for plain TCP
     * @throws RejectedCallerException if it is somebody else, or proves nothing
     */
    static Caller callerOf(PortSecurity security, Peer meant, @Nullable SSLSession session)
            throws RejectedCallerException {
        IdentityCheck identities = security.identities();
        if (session == null || identities == null) {
            return Caller.UNASKED;
        }
        X509Certificate certificate = IdentityCheck.certificateIn(session);
        if (certificate == null) {
            throw new RejectedCallerException(Rejection.NO_PROOF, "no certificate");
        }
        Caller caller = identities.callerOf(certificate, security.nowMillis());
        if (caller.role() != Role.MEMBER || !meant.id().name().equals(caller.node())) {
            throw new RejectedCallerException(
                    Rejection.OTHER_NODE, meant.id() + " was dialled and " + caller.name() + " answered");
        }
        return caller;
    }
}
