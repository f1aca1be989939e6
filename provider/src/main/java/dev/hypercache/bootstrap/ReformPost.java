package dev.hypercache.bootstrap;

import dev.hypercache.spi.Address;
import dev.hypercache.telemetry.NodeLog;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Carries letters, several at once, so that silent receivers keep nobody waiting. At most {@value #LETTERS_MAX} wait; more are lost, as
 * letters may be.
 */
final class ReformPost implements AutoCloseable {

    private static final int THREADS = 4;
    private static final int LETTERS_MAX = 256;

    private final SeedClient client;
    private final NodeLog log;
    private final ThreadPoolExecutor threads;

    ReformPost(String node, SeedClient client, NodeLog log) {
        this.client = client;
        this.log = log;
        this.threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                1,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(LETTERS_MAX),
                task -> {
                    Thread thread = new Thread(task, "hypercache-reform-" + node);
                    thread.setDaemon(true);
                    return thread;
                },
                new ThreadPoolExecutor.DiscardPolicy());
        threads.allowCoreThreadTimeOut(true);
    }

    /** Sends a letter, or loses it. */
    void send(Address to, ReformLetter letter) {
        threads.execute(() -> {
            byte[] bytes = ReformFormat.encode(letter);
            if (bytes.length > ReformFormat.BYTES_MAX) {
                log.error("ring")
                        .addKeyValue("bytes", bytes.length)
                        .log(
                                "What the ring agreed on is too large for a letter to its survivors: it cannot be reformed.");
                return;
            }
            try {
                client.reform(to, bytes);
            } catch (RingRefusedException e) {
                log.warn("ring")
                        .addKeyValue("to", to)
                        .setCause(e)
                        .log("A member could not be asked to reform the ring.");
            }
        });
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
