package dev.hypercache.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.hypercache.config.ManagerUri;
import dev.hypercache.config.Settings;
import dev.hypercache.config.Sources;
import dev.hypercache.http.FaceServer.Reply;
import dev.hypercache.runtime.call.ConsistencyLevel;
import dev.hypercache.runtime.call.NamedCache;
import dev.hypercache.telemetry.NodeMetrics;
import dev.hypercache.transport.http.RouteTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code docs/openapi.yaml} says what the handlers do: paths, methods, fields, types, statuses and codes. */
@Timeout(60)
final class OpenApiTest {

    private static final List<String> METHODS = List.of("get", "put", "post", "delete", "patch", "options", "trace");

    private final NodeMetrics metrics =
            NodeMetrics.create(Settings.load(ManagerUri.of(null), new Properties(), Sources.none()));
    private final FaceServer server = new FaceServer(name -> new Mirror(), FaceServer.LIMITS, metrics.node());
    private final JsonNode document = read();

    /** A cache that holds each key under itself. */
    private record Mirror() implements NamedCache {
        @Override
        public boolean writesThrough() {
            return false;
        }

        @Override
        public Class<?> keyType() {
            return Object.class;
        }

        @Override
        public Class<?> valueType() {
            return Object.class;
        }

        @Override
        public Object get(Object key, @Nullable ConsistencyLevel level) {
            return key;
        }

        @Override
        public void put(Object key, Object value, @Nullable ConsistencyLevel level, long lifeMillis) {}

        @Override
        public boolean remove(Object key, @Nullable ConsistencyLevel level) {
            return true;
        }
    }

    private static JsonNode read() {
        try {
            return new ObjectMapper(new YAMLFactory())
                    .readTree(Path.of("../docs/openapi.yaml").toFile());
        } catch (IOException e) {
            throw new IllegalStateException("docs/openapi.yaml is no YAML", e);
        }
    }

    @AfterEach
    void close() {
        server.close();
        metrics.close();
    }

    /** Follows references until something is there; a reference to nothing fails. */
    private JsonNode resolved(JsonNode node) {
        JsonNode at = node;
        while (at.has("$ref")) {
            at = document.at(at.get("$ref").asText().substring(1));
            assertThat(at.isMissingNode()).as("%s", node).isFalse();
        }
        return at;
    }

    private JsonNode schema(String name) {
        return document.at("/components/schemas/" + name);
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static Set<String> texts(JsonNode array) {
        Set<String> texts = new LinkedHashSet<>();
        array.forEach(element -> texts.add(element.asText()));
        return texts;
    }

    private Map<String, JsonNode> operations() {
        Map<String, JsonNode> operations = new TreeMap<>();
        for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
            for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
                assertThat(METHODS).contains(method.getKey());
                operations.put(method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(), method.getValue());
            }
        }
        return operations;
    }

    @Test
    void pathsAndMethodsAreThoseOfTheTable() throws Exception {
        assertThat(document.get("openapi").asText()).startsWith("3.1.");
        RouteTable.Builder routes = RouteTable.builder();
        HttpFace face = new HttpFace(FaceServer.LIMITS, "n1", metrics.node());
        face.addTo(routes);
        face.close();
        Set<String> served = new TreeSet<>();
        for (String path : routes.build().paths()) {
            String answer = server.raw("TRACE " + path + " HTTP/1.1\r\nHost: n\r\n\r\n");
            String allowed = answer.lines()
                    .filter(line -> line.startsWith("Allow: "))
                    .findFirst()
                    .orElseThrow()
                    .substring(7);
            for (String method : allowed.split(", ")) {
                served.add(method + " " + path);
            }
        }
        assertThat(operations().keySet()).isEqualTo(served);
    }

    @Test
    void statusesAndCodesAreThoseOfTheErrors() {
        Map<String, Set<String>> codes = new TreeMap<>();
        for (FaceError error : FaceError.values()) {
            codes.computeIfAbsent(String.valueOf(error.status()), unused -> new LinkedHashSet<>())
                    .add(error.name());
        }
        operations().forEach((operation, node) -> {
            JsonNode responses = node.get("responses");
            Set<String> statuses = new TreeSet<>(codes.keySet());
            statuses.add("200");
            assertThat(names(responses)).as(operation).isEqualTo(statuses);
            codes.forEach((status, named) -> {
                JsonNode content = resolved(responses.get(status)).get("content");
                assertThat(names(content)).containsExactly("application/json", "application/msgpack");
                for (JsonNode format : content) {
                    JsonNode parts = resolved(format.get("schema")).get("allOf");
                    assertThat(names(resolved(parts.get(0)).get("properties"))).containsExactly("code", "message");
                    assertThat(texts(parts.get(1).at("/properties/code/enum")))
                            .as(operation + " " + status)
                            .isEqualTo(named);
                }
            });
        });
    }

    @Test
    void everyOperationTakesAnyOfTheProofsOfCallers() {
        List<String> proofs = new ArrayList<>();
        for (JsonNode alternative : document.get("security")) {
            assertThat(alternative.size()).as("one proof suffices").isEqualTo(1);
            proofs.addAll(names(alternative));
        }
        assertThat(proofs).containsExactly("mutualTLS", "bearer", "signature");
        JsonNode schemes = document.at("/components/securitySchemes");
        assertThat(names(schemes)).containsExactlyInAnyOrderElementsOf(proofs);
        assertThat(schemes.at("/mutualTLS/type").asText()).isEqualTo("mutualTLS");
        assertThat(schemes.at("/bearer/scheme").asText()).isEqualTo("bearer");
        assertThat(schemes.at("/signature/name").asText()).isEqualTo("Signature");
        operations()
                .forEach((operation, node) -> assertThat(node.has("security"))
                        .as(operation + " has no rule of its own")
                        .isFalse());
    }

    @Test
    void fieldsOfRequestsAreThoseThatAreRead() {
        assertThat(names(schema("Set").get("properties"))).isEqualTo(new TreeSet<>(SetBody.FIELDS));
        assertThat(schema("Set").at("/properties/expiryMillis/maximum").asLong())
                .isEqualTo(SetBody.LIFE_MILLIS_MAX);
        operations().forEach((operation, node) -> {
            Set<String> query = new TreeSet<>();
            Set<String> headers = new TreeSet<>();
            for (JsonNode reference : node.get("parameters")) {
                JsonNode parameter = resolved(reference);
                ("query".equals(parameter.get("in").asText()) ? query : headers)
                        .add(parameter.get("name").asText());
            }
            boolean isPost = operation.startsWith("POST");
            assertThat(query).as(operation).isEqualTo(isPost ? Set.of() : Target.QUERY);
            assertThat(headers).isEqualTo(operation.startsWith("GET") ? Set.of() : Set.of("Idempotency-Key"));
            assertThat(node.has("requestBody")).isEqualTo(isPost);
        });
    }

    @Test
    void fieldsOfAnswersAreThoseThatAreWritten() throws Exception {
        assertAnswer("Stored", server.set(FaceServer.entry("c", "k", "v", "string")));
        assertAnswer("Entry", server.get("cache=c&key=k"));
        assertAnswer("Removed", server.delete("cache=c&key=k"));
        assertAnswer("Error", server.get("cache=c"));
        operations().forEach((operation, node) -> {
            JsonNode content = node.at("/responses/200/content");
            assertThat(names(content)).containsExactly("application/json", "application/msgpack");
            String wanted = operation.startsWith("POST") ? "Stored" : operation.startsWith("GET") ? "Entry" : "Removed";
            content.forEach(format -> assertThat(resolved(format.get("schema"))).isEqualTo(schema(wanted)));
        });
    }

    private void assertAnswer(String schema, Reply reply) {
        assertThat(names(reply.body())).isEqualTo(names(schema(schema).get("properties")));
        assertThat(new TreeSet<>(texts(schema(schema).get("required")))).isEqualTo(names(reply.body()));
    }

    @Test
    void typesAndLevelsAreThoseThatAreKnown() {
        Set<String> types = Arrays.stream(FaceType.values())
                .map(FaceType::text)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        assertThat(texts(schema("Type").get("enum"))).isEqualTo(types);
        types.remove(FaceType.JSON.text());
        assertThat(texts(schema("KeyType").get("enum"))).isEqualTo(types);
        assertThat(texts(schema("Level").get("enum")))
                .isEqualTo(
                        Arrays.stream(ConsistencyLevel.values()).map(Enum::name).collect(Collectors.toSet()));
    }
}
