package dev.hypercache.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hypercache.runtime.call.NamedCaches;
import dev.hypercache.telemetry.MetricSet;
import dev.hypercache.transport.auth.PortSecurity;
import dev.hypercache.transport.http.HttpDoor;
import dev.hypercache.transport.http.HttpLimits;
import dev.hypercache.transport.http.RouteTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessagePack;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.Xnio;
import org.xnio.XnioWorker;

/** A face behind a gate on loopback, and callers of it. */
final class FaceServer implements AutoCloseable {

    static final FaceLimits LIMITS = FaceLimits.of(60_000);
    static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpFace face;
    private final XnioWorker worker;
    private final HttpDoor door;
    private final InetSocketAddress address;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(20))
            .build();

    FaceServer(NamedCaches caches, FaceLimits limits, MetricSet metrics) {
        this.face = new HttpFace(limits, "n1", metrics);
        face.serve(caches);
        RouteTable.Builder routes = RouteTable.builder();
        face.addTo(routes);
        try {
            worker = Xnio.getInstance()
                    .createWorker(OptionMap.create(Options.WORKER_IO_THREADS, 1, Options.THREAD_DAEMON, true));
            door = new HttpDoor(worker, HttpLimits.DEFAULTS, routes.build(), () -> {}, PortSecurity.open("test"));
            address = door.open(new InetSocketAddress("127.0.0.1", 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    HttpFace face() {
        return face;
    }

    /** What a caller got. */
    record Reply(int status, String mediaType, JsonNode body, HttpResponse<byte[]> raw) {
        String text(String field) {
            return body.path(field).asText();
        }

        String code() {
            return text("code");
        }
    }

    HttpRequest.Builder request(String target) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + address.getPort() + target))
                .timeout(Duration.ofSeconds(30));
    }

    Reply send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<byte[]> raw = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        String type = raw.headers().firstValue("Content-Type").orElse("");
        return new Reply(raw.statusCode(), type, tree(type, raw.body()), raw);
    }

    private static JsonNode tree(String mediaType, byte[] body) throws IOException {
        if (body.length == 0) {
            return MAPPER.nullNode();
        }
        if (!mediaType.equals("application/msgpack")) {
            return MAPPER.readTree(body);
        }
        try (var in = MessagePack.newDefaultUnpacker(body)) {
            return MAPPER.readTree(in.unpackValue().toJson());
        }
    }

    Reply get(String query) throws IOException, InterruptedException {
        return send(request(HttpFace.GET + "?" + query));
    }

    Reply delete(String query) throws IOException, InterruptedException {
        return send(request(HttpFace.DEL + "?" + query).DELETE());
    }

    Reply set(Map<String, @Nullable Object> fields) throws IOException, InterruptedException {
        return set(fields, null);
    }

    Reply set(Map<String, @Nullable Object> fields, @Nullable String idempotencyKey)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = post(json(fields));
        return send(idempotencyKey == null ? request : request.header("Idempotency-Key", idempotencyKey));
    }

    Reply setText(String json) throws IOException, InterruptedException {
        return send(post(json));
    }

    HttpRequest.Builder post(String json) {
        return request(HttpFace.SET)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json, UTF_8));
    }

    Reply setMsgpack(byte[] body) throws IOException, InterruptedException {
        return send(request(HttpFace.SET)
                .header("Content-Type", "application/msgpack")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    private static String json(Object tree) {
        try {
            return MAPPER.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A request as it is, over a connection of its own that nothing more is sent on; what comes back until it is closed. */
    String raw(String request) throws IOException {
        try (Socket socket = dial()) {
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }

    Socket dial() throws IOException {
        Socket socket = new Socket(address.getAddress(), address.getPort());
        socket.setSoTimeout(20_000);
        return socket;
    }

    @Override
    public void close() {
        face.close();
        door.close();
        worker.shutdown();
        try {
            if (!worker.awaitTermination(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the worker does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        door.release();
    }

    static Map<String, @Nullable Object> entry(String cache, Object key, @Nullable Object value, String type) {
        Map<String, @Nullable Object> fields = new java.util.LinkedHashMap<>();
        fields.put("cache", cache);
        fields.put("key", Objects.requireNonNull(key));
        fields.put("value", value);
        fields.put("type", type);
        return fields;
    }
}
