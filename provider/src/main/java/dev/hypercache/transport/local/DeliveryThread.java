package dev.hypercache.transport.local;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * One thread of a node. Serves its lanes in order, one delivery at a time, and parks while there is none.
 *
 * <p>A producer wakes the thread only if it is idle, so that under load a delivery costs one lock-free insertion.
 */
final class DeliveryThread implements Runnable {

    private final PeerNews news;
    private final Thread thread;
    /** Bounded by the links that fill it: each has a bound for its frames and one for its calls. */
    private final Queue<Delivery> queue = new ConcurrentLinkedQueue<>();

    private volatile boolean idle;
    private volatile boolean ended;

    DeliveryThread(String name, PeerNews news) {
        this.news = news;
        thread = new Thread(this, name);
        thread.setDaemon(true);
        thread.setContextClassLoader(DeliveryThread.class.getClassLoader());
    }

    void start() {
        thread.start();
    }

    void add(Delivery delivery) {
        queue.add(delivery);
        if (ended) {
            abandonRest(); // The thread may have looked for the last time before the delivery came.
        } else {
            wake();
        }
    }

    /** Adds what nobody waits for. Calls neither listener nor handler, so the caller may hold a lock. */
    void addNews() {
        queue.add(news);
        wake();
    }

    private void wake() {
        if (idle) {
            idle = false;
            LockSupport.unpark(thread);
        }
    }

    @Override
    public void run() {
        while (!ended) {
            Delivery next = queue.poll();
            if (next == null) {
                awaitDelivery();
            } else {
                serve(next);
            }
        }
    }

    private void awaitDelivery() {
        idle = true;
        while (idle && !ended && queue.isEmpty()) {
            LockSupport.park(this);
            boolean unused =
                    Thread.interrupted(); // An interrupt that user code left behind would keep it from parking.
        }
        idle = false;
    }

    private void serve(Delivery delivery) {
        try {
            news.deliver();
        } catch (RuntimeException | Error e) {
            report(e);
        }
        try {
            delivery.deliver();
        } catch (RuntimeException | Error e) {
            report(e);
        }
    }

    /** Listeners and handlers do not throw. One that does must not take the other lanes with it. */
    private static void report(Throwable failure) {
        Thread current = Thread.currentThread();
        current.getUncaughtExceptionHandler().uncaughtException(current, failure);
    }

    boolean isCurrent() {
        return thread == Thread.currentThread();
    }

    void end() {
        ended = true;
        LockSupport.unpark(thread);
    }

    void join(long timeoutMillis) throws InterruptedException {
        thread.join(timeoutMillis);
    }

    /** Does on the calling thread what others wait for, once the thread serves no more. */
    void abandonRest() {
        for (Delivery next = queue.poll(); next != null; next = queue.poll()) {
            try {
                next.abandon();
            } catch (RuntimeException | Error e) {
                report(e);
            }
        }
    }
}
