package dev.hypercache.examples.refusal;

import dev.hypercache.security.HmacSignerFactory;
import dev.hypercache.spi.security.MessageAuthenticator;
import dev.hypercache.spi.security.Role;
import dev.hypercache.spi.security.Secret;
import dev.hypercache.spi.security.SigningKey;
import dev.hypercache.spi.transport.RingFence;
import dev.hypercache.transport.auth.BodyDigest;
import dev.hypercache.transport.auth.RequestHead;
import dev.hypercache.transport.auth.RequestSigner;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Somebody who signs requests in due form, with a key that the node does not have. */
final class Stranger {

    static final String METHOD = "GET";
    static final String PATH = "/internal/mux";
    static final String NODE = "node";

    private static final int SECRET_BYTES = 32;

    private final RequestSigner signer;
    private final RequestHead head;

    /**
     * Makes one.
     *
     * @param keyId the key that its requests name
     * @param authority of the node, as {@code host:port}
     */
    Stranger(String keyId, String authority) {
        this.signer = new RequestSigner(
                authenticator(keyId), new SecureRandom(), System::currentTimeMillis, RingFence.CLUSTER_DEFAULT);
        this.head = new RequestHead(METHOD, authority, PATH, "", null);
    }

    /** Makes what holds one new key, and signs with it. */
    static MessageAuthenticator authenticator(String keyId) {
        byte[] random = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(random);
        MessageAuthenticator made = new HmacSignerFactory().create();
        made.keys().install(SigningKey.unlimited(keyId, Secret.copyOf(random), Role.MEMBER));
        made.keys().use(keyId);
        return made;
    }

    /** A request that nobody has sent before: its fields, by their names in lower case. */
    Map<String, List<String>> fields() {
        Map<String, List<String>> fields = new HashMap<>();
        fields.put("host", List.of(head.authority()));
        signer.sign(head, NODE, new BodyDigest())
                .forEach((name, value) -> fields.put(name.toLowerCase(Locale.ROOT), List.of(value)));
        return fields;
    }

    /** Such a request as it is sent. */
    byte[] request() {
        StringBuilder text = new StringBuilder(METHOD + " " + PATH + " HTTP/1.1\r\n");
        fields().forEach((name, values) ->
                text.append(name).append(": ").append(values.get(0)).append("\r\n"));
        return text.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    }
}
