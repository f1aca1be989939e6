package dev.hypercache.cluster;

import dev.hypercache.security.DevelopmentCa;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Somebody without a certificate who makes requests to the nodes of a ring. */
final class HttpCaller {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final String scheme;
    private final HttpClient client;

    private HttpCaller(String scheme, HttpClient client) {
        this.scheme = scheme;
        this.client = client;
    }

    /** Over plain HTTP. */
    static HttpCaller plain() {
        return new HttpCaller("http", HttpClient.newHttpClient());
    }

    /** Over HTTPS, trusting an authority. */
    static HttpCaller trusting(DevelopmentCa authority) throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("ca", authority.certificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return new HttpCaller(
                "https", HttpClient.newBuilder().sslContext(context).build());
    }

    /**
     * An answer.
     *
     * @param text its head and body
     */
    record Answer(int status, String text) {}

    /** Reads something. */
    Answer get(String address, String path, Map<String, String> headers) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(address, path)).GET(), headers);
    }

    /** Sends JSON. */
    Answer post(String address, String path, Map<String, String> headers, String json)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(address, path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json));
        return send(request, headers);
    }

    private URI uri(String address, String path) {
        return URI.create(scheme + "://" + address + path);
    }

    private Answer send(HttpRequest.Builder request, Map<String, String> headers)
            throws IOException, InterruptedException {
        headers.forEach((name, value) -> request.header(name, value));
        HttpResponse<String> response = client.send(
                request.version(HttpClient.Version.HTTP_1_1).timeout(TIMEOUT).build(),
                HttpResponse.BodyHandlers.ofString());
        return new Answer(
                response.statusCode(),
                response.statusCode() + " " + response.headers().map() + "\n" + response.body() + "\n");
    }
}
