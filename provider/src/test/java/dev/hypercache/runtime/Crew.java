package dev.hypercache.runtime;

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

/** The threads of one test. */
public final class Crew implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;

    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "crew");
        thread.setDaemon(true);
        return thread;
    });

    public <T> Future<T> start(Callable<T> work) {
        return threads.submit(work);
    }

    /** Runs the same work on several threads that start together; returns when all are done. */
    public void together(int count, Work work) {
        CountDownLatch gate = new CountDownLatch(1);
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int index = i;
            running.add(threads.submit(() -> {
                gate.await();
                work.run(index);
                return null;
            }));
        }
        gate.countDown();
        for (Future<?> thread : running) {
            join(thread);
        }
    }

    /** What one of several threads does. */
    @FunctionalInterface
    public interface Work {
        void run(int index) throws Exception;
    }

    /** The result of work that must come to an end. */
    public static <T> T join(Future<T> work) {
        try {
            return work.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("a thread of the test failed", e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("a thread of the test hangs", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Waits at a latch of the test. */
    public static void pass(CountDownLatch latch) throws InterruptedException {
        if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("nobody opened the latch");
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
