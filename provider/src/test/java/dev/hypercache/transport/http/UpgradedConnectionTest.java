package dev.hypercache.transport.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.transport.auth.PortSecurity;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.Xnio;
import org.xnio.XnioWorker;

/** What follows an upgrade is no head of a request, however much it looks like one. */
final class UpgradedConnectionTest {

    private static final String FRAMES = "one line\n\ntwo lines\n\n\n\nand what follows";
    private static final int WAIT_SECONDS = 20;

    /** A permit for each byte that was read. */
    private final Semaphore taken = new Semaphore(0);

    private final CompletableFuture<String> read = new CompletableFuture<>();
    private XnioWorker worker;
    private HttpDoor door;
    private InetSocketAddress address;

    @BeforeEach
    void open() throws IOException {
        worker = Xnio.getInstance()
                .createWorker(OptionMap.create(Options.WORKER_IO_THREADS, 1, Options.THREAD_DAEMON, true));
        RouteTable routes = RouteTable.builder()
                .get("/internal/mux", Audience.CALLERS, this::upgrade)
                .build();
        door = new HttpDoor(worker, HttpLimits.DEFAULTS, routes, () -> {}, PortSecurity.open("test"));
        address = door.open(new InetSocketAddress("127.0.0.1", 0));
    }

    @AfterEach
    void close() throws InterruptedException {
        door.close();
        worker.shutdown();
        assertThat(worker.awaitTermination(WAIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        door.release();
    }

    private void upgrade(HttpServerExchange exchange) {
        exchange.upgradeChannel("test/1", (channel, upgraded) -> readAll(channel));
        exchange.endExchange();
    }

    /** Reads while the exchange still ends, as a connection does whose peer is quick. */
    private void readAll(StreamConnection channel) {
        ByteBuffer bytes = ByteBuffer.allocate(FRAMES.length());
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
        try {
            int last = 0;
            while (bytes.hasRemaining() && last >= 0 && System.nanoTime() - deadline < 0) {
                last = channel.getSourceChannel().read(bytes);
                taken.release(Math.max(0, last));
            }
            taken.release(FRAMES.length());
            read.complete(new String(bytes.array(), 0, bytes.position(), ISO_8859_1));
        } catch (IOException e) {
            read.completeExceptionally(e);
        }
    }

    @Test
    void framesThatArriveBeforeTheExchangeHasEndedAreRead() throws Exception {
        try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
            socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(WAIT_SECONDS));
            String request = "GET /internal/mux HTTP/1.1\r\nHost: n\r\nUpgrade: test/1\r\nConnection: upgrade\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            assertThat(new String(socket.getInputStream().readNBytes(12), ISO_8859_1))
                    .isEqualTo("HTTP/1.1 101");
            for (String line : FRAMES.split("(?<=\n)")) {
                socket.getOutputStream().write(line.getBytes(ISO_8859_1));
                assertThat(taken.tryAcquire(line.length(), WAIT_SECONDS, TimeUnit.SECONDS))
                        .isTrue();
            }

            assertThat(read.get(2 * WAIT_SECONDS, TimeUnit.SECONDS)).isEqualTo(FRAMES);
        }
    }
}
