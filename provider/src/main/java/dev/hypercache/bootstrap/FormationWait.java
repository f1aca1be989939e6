package dev.hypercache.bootstrap;

import dev.hypercache.runtime.call.Abandonment;
import dev.hypercache.spi.Address;
import dev.hypercache.spi.Payload;
import dev.hypercache.telemetry.NodeLog;
import dev.hypercache.transport.auth.PortSecurity;
import dev.hypercache.transport.http.HttpDoor;
import dev.hypercache.transport.http.HttpLimits;
import dev.hypercache.transport.http.RouteTable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.Xnio;
import org.xnio.XnioWorker;

/** Shows this node's card at its port and asks the other seeds for theirs until there is a ring. */
final class FormationWait {

    private static final long PAUSE_MILLIS = 100;
    private static final long LOG_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long END_MILLIS = 1_000;

    private final RingFormation formation;
    private final NodeLog log;
    private final long patienceMillis;
    private final Abandonment unwanted;
    private final PortSecurity security;
    private final SeedClient client;

    FormationWait(
            RingFormation formation, NodeLog log, long patienceMillis, Abandonment unwanted, PortSecurity security) {
        this.formation = formation;
        this.log = log;
        this.patienceMillis = patienceMillis;
        this.unwanted = unwanted;
        this.security = security;
        this.client = new SeedClient(security);
    }

    /**
     * Waits for the ring.
     *
     * @param name the node's name
     * @param bind where it listens
     * @param routes what it serves meanwhile
     * @return the change that founded it
     * @throws RingRefusedException if it cannot be formed, not in time, or nobody wants it any more
     */
    Payload form(String name, Address bind, RouteTable routes) {
        XnioWorker worker = worker(name);
        HttpDoor http = new HttpDoor(worker, HttpLimits.DEFAULTS, routes, () -> {}, security);
        try {
            http.open(new InetSocketAddress(bind.host(), bind.port()));
            return await();
        } catch (IOException e) {
            throw new RingRefusedException("node '" + name + "' cannot listen at " + bind + ": " + e.getMessage()
                    + ". Choose another hypercache.bind, or end who uses it.");
        } finally {
            http.close();
            end(worker);
            http.release();
        }
    }

    private Payload await() {
        long startedNanos = System.nanoTime();
        long loggedNanos = startedNanos;
        while (true) {
            askAll();
            Payload founding = formation.founding();
            if (founding != null) {
                return founding;
            }
            long now = System.nanoTime();
            if (now - startedNanos > TimeUnit.MILLISECONDS.toNanos(patienceMillis)) {
                throw new RingRefusedException("no ring came about within " + patienceMillis + " ms: of "
                        + "hypercache.seeds " + missing()
                        + ". Start all seeds; a ring needs every one of them to form, and a majority afterwards.");
            }
            if (now - loggedNanos > LOG_NANOS) {
                loggedNanos = now;
                log.info("ring").log("The node waits to form a ring: of its seeds " + missing() + ".");
            }
            unwanted.pause(PAUSE_MILLIS);
            if (Thread.currentThread().isInterrupted()) {
                throw new RingRefusedException("the node was interrupted while it waited for its seeds.");
            }
        }
    }

    private void askAll() {
        for (Address seed : formation.others()) {
            if (unwanted.isSaid()) {
                throw new RingRefusedException("the cache manager was closed while its node waited to form a ring: of "
                        + "hypercache.seeds " + missing() + ".");
            }
            SeedCard card = client.ask(seed);
            if (card != null) {
                formation.heard(seed, card);
            }
        }
    }

    private String missing() {
        List<Address> silent = formation.silent();
        return silent.isEmpty() ? "the first has not founded it yet" : silent + " did not answer";
    }

    private static XnioWorker worker(String name) {
        try {
            return Xnio.getInstance(FormationWait.class.getClassLoader())
                    .createWorker(OptionMap.builder()
                            .set(Options.WORKER_NAME, "hypercache-form-" + name.replaceAll("[^A-Za-z0-9._-]", "_"))
                            .set(Options.WORKER_IO_THREADS, 1)
                            .set(Options.WORKER_TASK_CORE_THREADS, 1)
                            .set(Options.WORKER_TASK_MAX_THREADS, 1)
                            .set(Options.THREAD_DAEMON, true)
                            .getMap());
        } catch (IOException e) {
            throw new RingRefusedException("node '" + name + "' cannot start its threads: " + e.getMessage());
        }
    }

    private static void end(XnioWorker worker) {
        worker.shutdownNow();
        try {
            boolean unused = worker.awaitTermination(END_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
