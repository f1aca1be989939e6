package dev.hypercache.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;

/** Threads that begin together. */
final class Crowd {

    private static final long SECONDS_AT_MOST = 60;

    private Crowd() {}

    /** Runs one task per member at once and gives what they returned, in the order of the members. */
    static <T> List<T> run(int members, IntFunction<Callable<T>> task) {
        ExecutorService threads = Executors.newFixedThreadPool(members);
        CountDownLatch start = new CountDownLatch(1);
        try {
            List<Future<T>> futures = new ArrayList<>();
            for (int member = 0; member < members; member++) {
                Callable<T> own = task.apply(member);
                futures.add(threads.submit(() -> {
                    start.await();
                    return own.call();
                }));
            }
            start.countDown();
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get(SECONDS_AT_MOST, TimeUnit.SECONDS));
            }
            return results;
        } catch (ExecutionException e) {
            throw new AssertionError("A thread of the crowd failed", e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("The crowd did not end", e);
        } finally {
            threads.shutdownNow();
        }
    }

    /** Like {@link #run}, for tasks without a result. */
    static void each(int members, IntFunction<ThrowingRunnable> task) {
        run(members, member -> {
            ThrowingRunnable own = task.apply(member);
            return () -> {
                own.run();
                return true;
            };
        });
    }

    /** A task that may throw anything. */
    interface ThrowingRunnable {
        void run() throws Exception;
    }
}
