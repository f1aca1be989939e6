package dev.hypercache.runtime.ring;

import java.util.concurrent.locks.LockSupport;

/**
 * A daemon thread of a node: its loop parks between two rounds, is woken by {@link #wake}, and returns once {@link #isEnded}. Safe for
 * use by any threads.
 */
final class NodeThread {

    private static final long CLOSE_TIMEOUT_MILLIS = 2_000;

    private final Thread thread;
    private volatile boolean ended;

    NodeThread(String name, Runnable loop) {
        this.thread = new Thread(loop, name);
        thread.setDaemon(true);
        thread.setContextClassLoader(NodeThread.class.getClassLoader());
    }

    void start() {
        thread.start();
    }

    /** The loop does not park now, or the next time. */
    void wake() {
        LockSupport.unpark(thread);
    }

    /** Whether the loop is to return. */
    boolean isEnded() {
        return ended;
    }

    /** Ends the loop and waits for its round under way, unless it is that round which closes. */
    void close() {
        ended = true;
        wake();
        if (thread == Thread.currentThread()) {
            return;
        }
        try {
            thread.join(CLOSE_TIMEOUT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
