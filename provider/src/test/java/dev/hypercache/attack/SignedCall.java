package dev.hypercache.attack;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hypercache.security.HmacKeys;
import dev.hypercache.security.HmacSigner;
import dev.hypercache.spi.security.MessageAuthenticator;
import dev.hypercache.spi.security.Role;
import dev.hypercache.spi.security.SigningKey;
import dev.hypercache.transport.auth.BodyDigest;
import dev.hypercache.transport.auth.RequestHead;
import dev.hypercache.transport.auth.RequestSigner;
import java.nio.ByteBuffer;
import java.security.SecureRandom;

/**
 * How somebody signs requests.
 *
 * @param keyId the id that is named
 * @param secretOf the word that the key's bytes follow from
 * @param cluster the cluster that is named
 * @param to the node that is named
 * @param aheadMillis how far the clock is ahead
 */
record SignedCall(String keyId, String secretOf, String cluster, String to, long aheadMillis) {

    static final String BODY = "{\"cache\":\"books\",\"key\":\"k\",\"value\":1,\"type\":\"int\"}";

    SignedCall key(String id, String word) {
        return new SignedCall(id, word, cluster, to, aheadMillis);
    }

    SignedCall to(String otherNode) {
        return new SignedCall(keyId, secretOf, cluster, otherNode, aheadMillis);
    }

    SignedCall in(String otherCluster) {
        return new SignedCall(keyId, secretOf, otherCluster, to, aheadMillis);
    }

    SignedCall ahead(long seconds) {
        return new SignedCall(keyId, secretOf, cluster, to, 1_000 * seconds);
    }

    /** A request that sets an entry. */
    String set() {
        return sign("POST", "/internal/set", "", "application/json", BODY);
    }

    /** A request that reads one. */
    String get() {
        return sign("GET", "/internal/get", "cache=books&key=k", null, "");
    }

    private String sign(String method, String path, String query, String type, String body) {
        MessageAuthenticator keys = new HmacSigner(new HmacKeys());
        keys.keys().install(SigningKey.unlimited(keyId, SharedKeys.secret(secretOf), Role.CLIENT));
        keys.keys().use(keyId);
        RequestSigner signer =
                new RequestSigner(keys, new SecureRandom(), () -> System.currentTimeMillis() + aheadMillis, cluster);
        StringBuilder text = new StringBuilder(method + " " + path + (query.isEmpty() ? "" : "?" + query));
        text.append(" HTTP/1.1\r\nHost: node:1\r\n");
        if (type != null) {
            text.append("Content-Type: ").append(type).append("\r\n");
            text.append("Content-Length: ").append(body.length()).append("\r\n");
        }
        BodyDigest digest = BodyDigest.of(ByteBuffer.wrap(body.getBytes(UTF_8)));
        signer.sign(new RequestHead(method, "node:1", path, query, type), to, digest)
                .forEach((name, value) ->
                        text.append(name).append(": ").append(value).append("\r\n"));
        return text.append("\r\n").append(body).toString();
    }
}
