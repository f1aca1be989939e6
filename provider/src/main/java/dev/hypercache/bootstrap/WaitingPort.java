package dev.hypercache.bootstrap;

import dev.hypercache.spi.Address;
import dev.hypercache.transport.auth.PortSecurity;
import dev.hypercache.transport.http.HttpDoor;
import dev.hypercache.transport.http.HttpLimits;
import dev.hypercache.transport.http.RouteTable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.Xnio;
import org.xnio.XnioWorker;

/** A node's port before it has a transport, with threads of its own. The transport takes it over when this is closed. */
final class WaitingPort implements AutoCloseable {

    private static final long END_MILLIS = 1_000;

    private final String name;
    private final Address bind;
    private final XnioWorker worker;
    private final HttpDoor http;

    /** @throws RingRefusedException if its threads cannot be started */
    WaitingPort(String name, Address bind, RouteTable routes, PortSecurity security) {
        this.name = name;
        this.bind = bind;
        this.worker = worker(name);
        this.http = new HttpDoor(worker, HttpLimits.DEFAULTS, routes, () -> {}, security);
    }

    /** @throws RingRefusedException if the address cannot be bound */
    void open() {
        try {
            http.open(new InetSocketAddress(bind.host(), bind.port()));
        } catch (IOException e) {
            throw new RingRefusedException("node '" + name + "' cannot listen at " + bind + ": " + e.getMessage()
                    + ". Choose another hypercache.bind, or end who uses it.");
        }
    }

    private static XnioWorker worker(String name) {
        try {
            return Xnio.getInstance(WaitingPort.class.getClassLoader())
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

    /** Closes the port and ends its threads. */
    @Override
    public void close() {
        http.close();
        worker.shutdownNow();
        try {
            boolean unused = worker.awaitTermination(END_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        http.release();
    }
}
