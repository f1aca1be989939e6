package dev.hypercache.bootstrap;

import dev.hypercache.telemetry.NodeLog;
import dev.hypercache.transport.auth.LiveTls;
import dev.hypercache.transport.auth.PortSecurity;
import java.util.concurrent.TimeUnit;

/**
 * Warns before the node's certificate expires: once each when 30, 7 and 1 days are left, and each hour within the last day
 * (SECURITY R7). For one thread but for {@link #secondsLeft}.
 */
final class ExpiryNotice {

    private static final long[] DAYS = {30, 7, 1};
    private static final long HOUR_MILLIS = TimeUnit.HOURS.toMillis(1);

    private final PortSecurity port;
    private final NodeLog log;
    private long warnedOf;
    private int warned;
    private long lastMillis;

    ExpiryNotice(PortSecurity port, NodeLog log) {
        this.port = port;
        this.log = log;
    }

    /** Seconds until the node's certificate expires; negative once it has. */
    long secondsLeft() {
        LiveTls tls = port.tls();
        return tls == null ? 0 : TimeUnit.MILLISECONDS.toSeconds(tls.current().notAfterMillis() - port.nowMillis());
    }

    /** Looks, and warns if it is time to. */
    void look() {
        LiveTls tls = port.tls();
        if (tls == null) {
            return;
        }
        long until = tls.current().notAfterMillis();
        if (until != warnedOf) {
            warnedOf = until;
            warned = 0;
        }
        long now = port.nowMillis();
        int due = 0;
        for (long days : DAYS) {
            due += until - now <= TimeUnit.DAYS.toMillis(days) ? 1 : 0;
        }
        boolean isLastDay = due == DAYS.length && now - lastMillis >= HOUR_MILLIS;
        if (due > warned || isLastDay) {
            warned = due;
            lastMillis = now;
            warn(until - now);
        }
    }

    private void warn(long leftMillis) {
        String left = TimeUnit.MILLISECONDS.toHours(leftMillis) + " hours";
        port.audit().record("CERTIFICATE_EXPIRES", "left", left);
        log.warn("security")
                .addKeyValue("left", left)
                .log(
                        "The certificate of this node expires soon. Write a new one over its files: they are read anew by themselves.");
    }
}
