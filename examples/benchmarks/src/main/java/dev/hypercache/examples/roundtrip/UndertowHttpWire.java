package dev.hypercache.examples.roundtrip;

import io.undertow.client.ClientConnection;
import io.undertow.client.UndertowClient;
import io.undertow.server.DefaultByteBufferPool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.Xnio;
import org.xnio.XnioWorker;

/** An echo over HTTP/1.1, asked by Undertow's client: a connection for each caller, which it keeps. */
final class UndertowHttpWire implements Wire {

    private static final int BUFFER_BYTES = 16 * 1024;
    private static final int BUFFERS = 1_000;

    private final ThreadLocal<ClientConnection> connections = ThreadLocal.withInitial(this::dial);
    private final DefaultByteBufferPool buffers = new DefaultByteBufferPool(true, BUFFER_BYTES, BUFFERS, 4);
    private @Nullable XnioWorker worker;
    private int port;

    @Override
    public int serve() {
        return HttpEcho.serve();
    }

    @Override
    public void connect(int to) throws IOException {
        port = to;
        OptionMap options = OptionMap.builder()
                .set(Options.WORKER_IO_THREADS, 1)
                .set(Options.THREAD_DAEMON, true)
                .getMap();
        worker = Xnio.getInstance().createWorker(options);
    }

    private ClientConnection dial() {
        URI uri = URI.create("http://" + HttpEcho.HOST + ":" + port);
        try {
            return UndertowClient.getInstance()
                    .connect(uri, worker, buffers, OptionMap.create(Options.TCP_NODELAY, true))
                    .get();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void ask() throws IOException {
        ClientConnection connection = connections.get();
        HttpAsk ask = new HttpAsk();
        connection.getIoThread().execute(() -> ask.send(connection));
        ask.await();
    }
}
