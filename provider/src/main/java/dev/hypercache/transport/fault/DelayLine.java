package dev.hypercache.transport.fault;

import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Does things later, in the order of their times; what has the same time keeps the order in which it was added. */
final class DelayLine implements Runnable {

    private static final long END_TIMEOUT_MILLIS = 10_000;

    /** Bounded by the links: what they hold back, and one time-out for each of their calls. */
    private final DelayQueue<Entry> queue = new DelayQueue<>();

    private final AtomicLong sequence = new AtomicLong();
    private final Thread thread;
    private volatile boolean ended;

    DelayLine(String name) {
        thread = new Thread(this, name);
        thread.setDaemon(true);
        thread.setContextClassLoader(DelayLine.class.getClassLoader());
    }

    void start() {
        thread.start();
    }

    Entry add(long atNanos, Runnable action) {
        Entry entry = new Entry(atNanos, sequence.getAndIncrement(), action);
        queue.add(entry);
        return entry;
    }

    void remove(Entry entry) {
        queue.remove(entry);
    }

    @Override
    public void run() {
        while (!ended) {
            try {
                Entry next = queue.take();
                if (!ended) {
                    next.action.run();
                }
            } catch (InterruptedException e) {
                continue; // Nobody but user code on this thread interrupts it; close() ends it.
            } catch (RuntimeException | Error e) {
                Thread.currentThread().getUncaughtExceptionHandler().uncaughtException(Thread.currentThread(), e);
            }
        }
    }

    /** Ends the thread. What was not done is forgotten. */
    void close() {
        ended = true;
        Entry unused = add(System.nanoTime(), () -> {}); // Wakes the thread.
        if (thread != Thread.currentThread()) {
            try {
                thread.join(END_TIMEOUT_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        queue.clear();
    }

    /** Something to do. */
    static final class Entry implements Delayed {

        private final long atNanos;
        private final long number;
        private final Runnable action;

        private Entry(long atNanos, long number, Runnable action) {
            this.atNanos = atNanos;
            this.number = number;
            this.action = action;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(atNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            Entry that = (Entry) other;
            long apart = atNanos - that.atNanos;
            return apart != 0 ? Long.signum(apart) : Long.compare(number, that.number);
        }
    }
}
