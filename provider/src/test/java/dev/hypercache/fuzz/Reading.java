package dev.hypercache.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.Supplier;

/** Reads what a peer sent and finds out whether that costs more memory than it may (SECURITY §4.2). */
public final class Reading {

    /** Of a decoder that copies what it reads into objects. */
    public static final int FACTOR = 64;

    /** First buffers, and what an exception weighs. */
    private static final long BASE_BYTES = 256 * 1024;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Reading() {}

    /**
     * Reads, and fails if that allocates more than a multiple of what there is to read.
     *
     * @param inputBytes how much there is
     * @param factor how often its length may be allocated
     * @param read reads it; more than once if the first time seems too dear, since that may have loaded classes
     * @return what the last reading gave
     */
    public static <T> T of(int inputBytes, int factor, Supplier<T> read) {
        long most = BASE_BYTES + (long) factor * inputBytes;
        for (int attempts = 3; ; attempts--) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            T result = read.get();
            long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
            if (allocated <= most) {
                return result;
            }
            if (attempts == 1) {
                throw new AssertionError(allocated + " bytes are allocated to read " + inputBytes);
            }
        }
    }
}
