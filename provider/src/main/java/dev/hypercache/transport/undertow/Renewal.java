package dev.hypercache.transport.undertow;

import dev.hypercache.spi.security.TlsMaterial;
import dev.hypercache.transport.auth.LiveTls;
import dev.hypercache.transport.auth.PortSecurity;
import dev.hypercache.transport.auth.Rejection;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * When a connection has to make room for one with newer certificates (SECURITY R7): at once when the proof of its peer is over,
 * and within a grace after the material was replaced that it was made with. Connections retire at moments drawn within the
 * first half of the grace, so that not all shake hands at once. But for what it knows for good, it belongs to the transport's timer.
 */
final class Renewal {

    private final MuxConnection connection;
    private final Retirement retirement;
    private final RemoteEnd end;
    private final PortSecurity security;
    private final long graceNanos;
    private final @Nullable TlsMaterial material;
    private final long untilMillis;
    private long retireNanos;
    private boolean outdated;
    private boolean retired;

    Renewal(MuxConnection connection, RemoteEnd end) {
        this.connection = connection;
        this.retirement = new Retirement(connection);
        this.end = end;
        this.security = connection.node().security();
        this.graceNanos = connection.node().settings().renewNanos();
        this.material = end.material();
        this.untilMillis = end.caller().untilMillis();
    }

    /** Who is at the other end. */
    RemoteEnd end() {
        return end;
    }

    /** Whether the connection makes room for a new one. */
    Retirement retirement() {
        return retirement;
    }

    /** Looks whether it is time. */
    void tick(long nowNanos) {
        if (untilMillis != Long.MAX_VALUE && security.nowMillis() > untilMillis) {
            expire();
        } else if (isDue(nowNanos)) {
            retired = true;
            retirement.begin(nowNanos + graceNanos / 2, "newer certificates are in use");
        }
    }

    private void expire() {
        String name = end.caller().name();
        PeerAudit.reject(connection, Rejection.EXPIRED, name);
        connection.end(EndCause.CLOSED, "the certificate of " + name + " has expired", true);
    }

    private boolean isDue(long nowNanos) {
        LiveTls tls = security.tls();
        if (material == null || tls == null || retired || (!outdated && tls.isCurrent(material))) {
            return false;
        }
        if (!outdated) {
            outdated = true;
            retireNanos = nowNanos + ThreadLocalRandom.current().nextLong(graceNanos / 2 + 1);
        }
        return nowNanos - retireNanos >= 0;
    }
}
