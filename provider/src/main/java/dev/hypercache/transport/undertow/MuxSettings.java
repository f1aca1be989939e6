package dev.hypercache.transport.undertow;

import dev.hypercache.transport.http.HttpLimits;
import java.util.concurrent.TimeUnit;

/**
 * Times and sizes that the design fixes (TRANSPORT §3) and that tests shorten.
 *
 * @param ioThreads threads that serve connections, 1 or more; each peer gets as many connections, and one for control
 * @param pingNanos silence after which a dialled connection is asked for a sign of life
 * @param missesMax unanswered pings after which it is given up
 * @param idleNanos silence after which an accepted connection is closed
 * @param helloNanos how long dialling, and then greeting, may take each
 * @param stallNanos how long a peer may take nothing of what waits for it
 * @param farewellNanos how long replies under way may take to leave when the transport closes
 * @param backOffLeastNanos the bound of the first pause before dialling anew; each further one doubles it
 * @param backOffMostNanos the bound of all pauses; each is drawn from nothing to its bound
 * @param compressBytesMin from how many bytes on a message is compressed for peers that can read it; 0 for never, which is
 *     right where the network is faster than a compressor
 * @param renewNanos how long connections may last after the certificates were replaced that they were made with, or the
 *     key was removed
 * @param http what the gate in front of the connections lets through
 */
record MuxSettings(
        int ioThreads,
        long pingNanos,
        int missesMax,
        long idleNanos,
        long helloNanos,
        long stallNanos,
        long farewellNanos,
        long backOffLeastNanos,
        long backOffMostNanos,
        int compressBytesMin,
        long renewNanos,
        HttpLimits http) {

    /** Those of the design. */
    static MuxSettings defaults() {
        return new MuxSettings(
                Math.max(1, Runtime.getRuntime().availableProcessors() / 2),
                TimeUnit.MILLISECONDS.toNanos(250),
                3,
                TimeUnit.SECONDS.toNanos(30),
                TimeUnit.SECONDS.toNanos(3),
                TimeUnit.SECONDS.toNanos(5),
                TimeUnit.SECONDS.toNanos(1),
                TimeUnit.MILLISECONDS.toNanos(50),
                TimeUnit.SECONDS.toNanos(5),
                0,
                TimeUnit.SECONDS.toNanos(60),
                HttpLimits.DEFAULTS);
    }

    /** How many stripes a link has: one for each thread that serves connections, and behind them that of control. */
    int stripes() {
        return ioThreads + 1;
    }

    /** These, with compression of messages from so many bytes on. */
    MuxSettings compressing(int bytesMin) {
        return with(bytesMin, renewNanos);
    }

    /** These, with so much time for connections whose certificates were replaced or whose key was removed. */
    MuxSettings draining(long nanos) {
        return with(compressBytesMin, nanos);
    }

    private MuxSettings with(int bytesMin, long nanos) {
        return new MuxSettings(
                ioThreads,
                pingNanos,
                missesMax,
                idleNanos,
                helloNanos,
                stallNanos,
                farewellNanos,
                backOffLeastNanos,
                backOffMostNanos,
                bytesMin,
                nanos,
                http);
    }
}
