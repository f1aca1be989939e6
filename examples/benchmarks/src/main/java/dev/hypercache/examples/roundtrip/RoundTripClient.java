package dev.hypercache.examples.roundtrip;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The asking end: prints round trips per second and their median in microseconds. Arguments: wire, port, callers, seconds. */
final class RoundTripClient {

    private static final int SAMPLES_MAX = 500_000;

    private final Wire wire;
    private final long untilNanos;
    private final long[] samples = new long[SAMPLES_MAX];
    private int count;

    private RoundTripClient(Wire wire, long untilNanos) {
        this.wire = wire;
        this.untilNanos = untilNanos;
    }

    private void run() {
        try {
            for (long start = System.nanoTime(); start - untilNanos < 0; ) {
                wire.ask();
                long end = System.nanoTime();
                samples[count++ % SAMPLES_MAX] = end - start;
                start = end;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<RoundTripClient> runAll(Wire wire, int callers, double seconds) throws InterruptedException {
        long until = System.nanoTime() + (long) (seconds * TimeUnit.SECONDS.toNanos(1));
        List<RoundTripClient> clients = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            RoundTripClient client = new RoundTripClient(wire, until);
            clients.add(client);
            threads.add(new Thread(client::run));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        return clients;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Wire wire = Wire.of(arguments[0]);
        wire.connect(Integer.parseInt(arguments[1]));
        int callers = Integer.parseInt(arguments[2]);
        Waiter.yields(arguments[0].endsWith(Wire.YIELDING) && callers == 1);
        double seconds = Double.parseDouble(arguments[3]);
        runAll(wire, callers, seconds);
        long start = System.nanoTime();
        List<RoundTripClient> clients = runAll(wire, callers, seconds);
        double took = (System.nanoTime() - start) / 1e9;
        long[] all = clients.stream()
                .flatMapToLong(client -> Arrays.stream(client.samples, 0, Math.min(client.count, SAMPLES_MAX)))
                .sorted()
                .toArray();
        long total = clients.stream().mapToLong(client -> client.count).sum();
        System.out.println(total / took + " " + all[all.length / 2] / 1e3);
        System.exit(0);
    }
}
