package dev.hypercache.cluster;

import dev.hypercache.security.HmacSignerFactory;
import dev.hypercache.security.KeyFileReader;
import dev.hypercache.transport.auth.BodyDigest;
import dev.hypercache.transport.auth.KeyChanges;
import dev.hypercache.transport.auth.LiveKeys;
import dev.hypercache.transport.auth.RequestHead;
import dev.hypercache.transport.auth.SignedCalls;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Somebody who signs requests with the key of a file. */
final class SignedCaller {

    private static final int TIMEOUT_MILLIS = 10_000;

    private final SignedCalls calls;

    private SignedCaller(SignedCalls calls) {
        this.calls = calls;
    }

    static SignedCaller with(Path keys) {
        LiveKeys live = new LiveKeys(new HmacSignerFactory().create());
        KeyChanges unused = live.apply(new KeyFileReader().read(keys));
        return new SignedCaller(
                SignedCalls.of(live, CertificateFolder.CLUSTER, Set.of("caller"), System::currentTimeMillis));
    }

    /** The header fields that sign a GET without a query. */
    Map<String, String> fieldsOf(String address, String path) {
        Map<String, String> fields = new LinkedHashMap<>();
        RequestHead head = new RequestHead("GET", address, path, "", null);
        calls.signer().sign(head, address, new BodyDigest()).forEach(fields::put);
        return fields;
    }

    /** The status of the answer to a signed GET without a query, on a connection of its own. */
    int ask(String address, String path) throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                URI.create("http://" + address + path).toURL().openConnection();
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        fieldsOf(address, path).forEach(connection::setRequestProperty);
        try {
            return connection.getResponseCode();
        } finally {
            connection.disconnect();
        }
    }
}
