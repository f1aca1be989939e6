package dev.hypercache.examples.ring;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;

/** Threads that call one operation in a closed loop, each on keys of its own drawing: first to warm up, then to be measured. */
final class Load {

    private static final int DIGITS = 3;

    private final IntPredicate operation;
    private final LongSupplier cpuNanos;
    private final LongSupplier redirects;

    /**
     * @param operation what to call with a number that chooses its key; tells whether the answer was the right one
     * @param cpuNanos processor time that all processes have taken so far
     * @param redirects requests so far that came to a member that had to refuse them
     */
    Load(IntPredicate operation, LongSupplier cpuNanos, LongSupplier redirects) {
        this.operation = operation;
        this.cpuNanos = cpuNanos;
        this.redirects = redirects;
    }

    Figures run(int threads, long warmupMillis, long measuredMillis) throws InterruptedException {
        long from = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(warmupMillis);
        long until = from + TimeUnit.MILLISECONDS.toNanos(measuredMillis);
        List<Caller> callers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            callers.add(new Caller(i, from, until));
        }
        callers.forEach(Thread::start);
        sleepUntil(from);
        long redirectsBefore = redirects.getAsLong();
        long cpuBefore = cpuNanos.getAsLong();
        sleepUntil(until);
        long cpu = cpuNanos.getAsLong() - cpuBefore;
        Histogram times = new Histogram(DIGITS);
        long completed = 0;
        long wrong = 0;
        for (Caller caller : callers) {
            caller.join();
            times.add(caller.times);
            completed += caller.completed;
            wrong += caller.wrong;
        }
        return new Figures(
                completed * 1e9 / (until - from),
                times.getValueAtPercentile(50) / 1e3,
                times.getValueAtPercentile(95) / 1e3,
                times.getValueAtPercentile(99) / 1e3,
                cpu / 1e3 / Math.max(1, completed),
                wrong,
                redirects.getAsLong() - redirectsBefore,
                new RegisterCheck(0, 0));
    }

    private static void sleepUntil(long nanos) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(nanos - System.nanoTime());
    }

    /** One thread. */
    private final class Caller extends Thread {

        private final SplittableRandom random;
        private final long from;
        private final long until;
        private final Histogram times = new Histogram(DIGITS);
        private long completed;
        private long wrong;

        Caller(int number, long from, long until) {
            super("caller-" + number);
            random = new SplittableRandom(number);
            this.from = from;
            this.until = until;
        }

        @Override
        public void run() {
            for (long start = System.nanoTime(); start - until < 0; ) {
                boolean isRight = perform(random.nextInt());
                long end = System.nanoTime();
                if (end - from >= 0) {
                    times.recordValue(end - start);
                    completed += end - until <= 0 ? 1 : 0;
                }
                wrong += isRight ? 0 : 1;
                start = end;
            }
        }

        private boolean perform(int choice) {
            try {
                return operation.test(choice);
            } catch (RuntimeException e) {
                if (wrong == 0) {
                    System.err.println("failed: " + e);
                }
                return false;
            }
        }
    }
}
