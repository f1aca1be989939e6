package dev.hypercache.transport.undertow;

import dev.hypercache.spi.security.TlsMaterial;
import dev.hypercache.transport.auth.Caller;
import dev.hypercache.transport.auth.LiveTls;
import dev.hypercache.transport.auth.PortSecurity;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * When a connection has to make room for one with newer certificates (SECURITY R7): at once when the proof of its peer is over,
 * and within a grace after the material was replaced that it was made with. Connections retire at moments drawn within the
 * first half of the grace, so that not all shake hands at once. Belongs to the transport's timer.
 */
final class Renewal {

    /** What has to be done. */
    enum Step {
        /** Nothing. */
        NONE,
        /** It makes room for a new one. */
        RETIRE,
        /** The proof of the peer is over. */
        EXPIRE
    }

    private final PortSecurity security;
    private final long graceNanos;
    private final @Nullable TlsMaterial material;
    private final long untilMillis;
    private long retireNanos;
    private boolean outdated;
    private boolean retired;

    Renewal(PortSecurity security, long graceNanos, RemoteEnd end) {
        Caller caller = end.caller();
        this.security = security;
        this.graceNanos = graceNanos;
        this.material = end.material();
        this.untilMillis = caller.untilMillis();
    }

    /** What has to be done now. */
    Step look(long nowNanos) {
        if (untilMillis != Long.MAX_VALUE && security.nowMillis() > untilMillis) {
            return Step.EXPIRE;
        }
        LiveTls tls = security.tls();
        if (material == null || tls == null || retired || (!outdated && tls.isCurrent(material))) {
            return Step.NONE;
        }
        if (!outdated) {
            outdated = true;
            retireNanos = nowNanos + ThreadLocalRandom.current().nextLong(graceNanos / 2 + 1);
        }
        if (nowNanos - retireNanos < 0) {
            return Step.NONE;
        }
        retired = true;
        return Step.RETIRE;
    }
}
