package dev.hypercache.examples.ring;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import javax.cache.Cache;

/** Calls the registers in turn, at a pace that leaves the machine to what is measured, and keeps what it saw. */
final class RegisterThread extends Thread {

    static final int REGISTERS = 3;

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final IntFunction<RegisterOperation> call;
    private final List<RegisterOperation> seen = new ArrayList<>();
    private volatile boolean ended;

    private RegisterThread(String name, IntFunction<RegisterOperation> call) {
        super(name);
        setDaemon(true);
        this.call = call;
    }

    static String key(int register) {
        return "register:" + register;
    }

    static RegisterThread reader(Grid grid, View view) {
        Cache<String, byte[]> cache = grid.cache(view);
        return new RegisterThread("register-reader", register -> {
            long start = System.nanoTime();
            byte[] value = cache.get(key(register));
            long end = System.nanoTime();
            long number = value == null ? 0 : ByteBuffer.wrap(value).getLong();
            return new RegisterOperation(register, false, start, end, number);
        });
    }

    /** @param values what each register holds, which the thread goes on from */
    static RegisterThread writer(Grid grid, View view, long[] values) {
        Cache<String, byte[]> cache = grid.writable(view);
        return new RegisterThread("register-writer", register -> {
            long number = ++values[register];
            byte[] value = ByteBuffer.allocate(Keys.VALUE_BYTES).putLong(number).array();
            long start = System.nanoTime();
            long end = Long.MAX_VALUE;
            try {
                cache.put(key(register), value);
                end = System.nanoTime();
            } catch (RuntimeException e) {
                System.err.println("a register's write failed: " + e);
            }
            return new RegisterOperation(register, true, start, end, number);
        });
    }

    @Override
    public void run() {
        for (int i = 0; !ended; i = (i + 1) % REGISTERS) {
            try {
                seen.add(call.apply(i));
                TimeUnit.NANOSECONDS.sleep(PAUSE_NANOS);
            } catch (RuntimeException e) {
                System.err.println("a register's read failed: " + e);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Ends it; what it saw. */
    List<RegisterOperation> end() throws InterruptedException {
        ended = true;
        join();
        return seen;
    }
}
