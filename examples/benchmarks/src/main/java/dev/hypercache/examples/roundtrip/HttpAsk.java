package dev.hypercache.examples.roundtrip;

import io.undertow.client.ClientCallback;
import io.undertow.client.ClientConnection;
import io.undertow.client.ClientExchange;
import io.undertow.client.ClientRequest;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.channels.StreamSourceChannel;

/** One request and its answer; but for {@link #await} it runs on the connection's own thread. */
final class HttpAsk implements ClientCallback<ClientExchange> {

    private final Waiter waiter = new Waiter();
    private final ByteBuffer answer = ByteBuffer.allocate(Wire.REQUEST_BYTES + 1);

    void send(ClientConnection connection) {
        ClientRequest request = new ClientRequest().setMethod(Methods.POST).setPath(HttpEcho.PATH);
        request.getRequestHeaders()
                .put(Headers.HOST, HttpEcho.HOST)
                .put(Headers.CONTENT_LENGTH, Integer.toString(Wire.REQUEST_BYTES));
        connection.sendRequest(request, this);
    }

    /** Waits for the answer. */
    void await() throws IOException {
        if (!waiter.await() || answer.position() != Wire.REQUEST_BYTES) {
            throw new IOException("no echo but " + answer);
        }
    }

    @Override
    public void completed(ClientExchange exchange) {
        exchange.setResponseListener(new ClientCallback<>() {
            @Override
            public void completed(ClientExchange answered) {
                StreamSourceChannel body = answered.getResponseChannel();
                body.getReadSetter().set(HttpAsk.this::read);
                read(body);
            }

            @Override
            public void failed(IOException e) {
                waiter.fail();
            }
        });
        try {
            write(exchange.getRequestChannel());
        } catch (IOException e) {
            failed(e);
        }
    }

    /** So few bytes fit into any socket's buffer. */
    private static void write(StreamSinkChannel channel) throws IOException {
        ByteBuffer body = ByteBuffer.allocate(Wire.REQUEST_BYTES);
        while (body.hasRemaining()) {
            channel.write(body);
        }
        channel.shutdownWrites();
        if (!channel.flush()) {
            throw new IOException("the socket takes no more");
        }
    }

    private void read(StreamSourceChannel body) {
        try {
            int count;
            do {
                count = body.read(answer);
            } while (count > 0);
            if (count < 0) {
                waiter.answer();
            } else {
                body.resumeReads();
            }
        } catch (IOException e) {
            failed(e);
        }
    }

    @Override
    public void failed(IOException e) {
        waiter.fail();
    }
}
