package dev.hypercache.examples.roundtrip;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** An echo over HTTP/1.1, asked by the JDK's client, which keeps its connections. */
final class JdkHttpWire implements Wire {

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private int port;

    @Override
    public int serve() {
        return HttpEcho.serve();
    }

    @Override
    public void connect(int to) {
        port = to;
    }

    @Override
    public void ask() throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + HttpEcho.HOST + ":" + port + HttpEcho.PATH))
                .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[REQUEST_BYTES]))
                .build();
        try {
            byte[] answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray())
                    .body();
            if (answer.length != REQUEST_BYTES) {
                throw new IOException("the echo has " + answer.length + " bytes");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
