package dev.hypercache.transport.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A request on its way, which anybody may alter: each method makes another one.
 *
 * @param fields by their names in lower case
 */
record TestRequest(String method, String path, String query, Map<String, List<String>> fields, String body) {

    /** A request as its sender signs it. */
    static TestRequest signed(RequestSigner signer, RequestHead head, String target, String body) {
        SignatureFields added = signer.sign(head, target, digestOf(body));
        Map<String, List<String>> fields = new TreeMap<>();
        fields.put("host", List.of(head.authority()));
        if (head.contentType() != null) {
            fields.put("content-type", List.of(head.contentType()));
        }
        added.forEach((name, value) -> fields.put(name.toLowerCase(Locale.ROOT), List.of(value)));
        return new TestRequest(head.method(), head.path(), head.query(), fields, body);
    }

    static BodyDigest digestOf(String body) {
        return BodyDigest.of(ByteBuffer.wrap(body.getBytes(UTF_8)));
    }

    String field(String name) {
        return fields.getOrDefault(name, List.of("")).get(0);
    }

    TestRequest withMethod(String other) {
        return new TestRequest(other, path, query, fields, body);
    }

    TestRequest withPath(String other) {
        return new TestRequest(method, other, query, fields, body);
    }

    TestRequest withQuery(String other) {
        return new TestRequest(method, path, other, fields, body);
    }

    TestRequest withBody(String other) {
        return new TestRequest(method, path, query, fields, other);
    }

    TestRequest with(String name, String value) {
        Map<String, List<String>> others = new TreeMap<>(fields);
        others.put(name, List.of(value));
        return new TestRequest(method, path, query, others, body);
    }

    TestRequest without(String name) {
        Map<String, List<String>> others = new TreeMap<>(fields);
        others.remove(name);
        return new TestRequest(method, path, query, others, body);
    }

    /** With a second line of the same name. */
    TestRequest twice(String name, String value) {
        Map<String, List<String>> others = new TreeMap<>(fields);
        List<String> values = new ArrayList<>(fields.getOrDefault(name, List.of()));
        values.add(value);
        others.put(name, values);
        return new TestRequest(method, path, query, others, body);
    }

    /** With a field in which one text stands for another; it must occur there. */
    TestRequest replaced(String name, String text, String by) {
        String value = field(name);
        if (!value.contains(text)) {
            throw new AssertionError(name + " lacks " + text + ": " + value);
        }
        return with(name, value.replace(text, by));
    }
}
