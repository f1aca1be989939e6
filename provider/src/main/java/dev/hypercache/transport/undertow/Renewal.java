package dev.hypercache.transport.undertow;

import dev.hypercache.spi.security.TlsMaterial;
import dev.hypercache.transport.auth.Caller;
import dev.hypercache.transport.auth.LiveTls;
import dev.hypercache.transport.auth.PortSecurity;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * When a connection has to make room for one with newer certificates (SECURITY R7): at once when the proof of its peer is over,
 * and within a grace after the material was replaced that it was made with. Connections are renewed at moments drawn within
 * the first half of the grace, so that not all shake hands at once. Belongs to the transport's timer.
 */
final class Renewal {

    /** What has to be done. */
    enum Step {
        /** Nothing. */
        NONE,
        /** The peer should be dialled anew, or asked to dial anew. */
        RENEW,
        /** The grace is over. */
        END,
        /** The proof of the peer is over. */
        EXPIRE
    }

    private final PortSecurity security;
    private final long graceNanos;
    private final @Nullable TlsMaterial material;
    private final long untilMillis;
    private long outdatedNanos;
    private long renewNanos;
    private boolean outdated;
    private boolean renewed;

    Renewal(PortSecurity security, long graceNanos, RemoteEnd end) {
        Caller caller = end.caller();
        this.security = security;
        this.graceNanos = graceNanos;
        this.material = end.material();
        this.untilMillis = caller.untilMillis();
    }

    /** What has to be done now; each step but {@link Step#END} and {@link Step#EXPIRE} is told once. */
    Step look(long nowNanos) {
        LiveTls tls = security.tls();
        if (untilMillis != Long.MAX_VALUE && security.nowMillis() > untilMillis) {
            return Step.EXPIRE;
        }
        if (material == null || tls == null || tls.isCurrent(material)) {
            return Step.NONE;
        }
        if (!outdated) {
            outdated = true;
            outdatedNanos = nowNanos;
            renewNanos = ThreadLocalRandom.current().nextLong(graceNanos / 2 + 1);
        }
        long since = nowNanos - outdatedNanos;
        if (since >= graceNanos) {
            return Step.END;
        }
        if (since >= renewNanos && !renewed) {
            renewed = true;
            return Step.RENEW;
        }
        return Step.NONE;
    }
}
