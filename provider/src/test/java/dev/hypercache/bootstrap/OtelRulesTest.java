package dev.hypercache.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.StreamSupport;
import javax.cache.configuration.MutableConfiguration;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code docs/otel-jmx-rules.yaml} fits the beans of a live cache: names, their parts, and attributes. */
final class OtelRulesTest {

    private static final Set<String> TYPES = Set.of("counter", "updowncounter", "gauge");

    private static List<JsonNode> rules() throws IOException {
        JsonNode root =
                new YAMLMapper().readTree(Path.of("../docs/otel-jmx-rules.yaml").toFile());
        List<JsonNode> rules = new ArrayList<>();
        root.get("rules").forEach(rules::add);
        return rules;
    }

    private static List<String> namesIn(JsonNode object) {
        return StreamSupport.stream(((Iterable<String>) object::fieldNames).spliterator(), false)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "cluster"})
    void everyRuleFindsTheBeanOfACacheAndNumbersInIt(String scope) throws IOException, JMException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        Properties properties = new Properties();
        properties.setProperty("hypercache.ring.slots", "16");
        properties.setProperty("hypercache.statistics.scope", scope);
        try (LocalRing ring = LocalRing.of(1, properties)) {
            ring.manager(0)
                    .createCache("observed", new MutableConfiguration<String, String>().setStatisticsEnabled(true))
                    .put("k", "v");

            assertThat(rules()).isNotEmpty();
            for (JsonNode rule : rules()) {
                Set<ObjectName> found =
                        server.queryNames(new ObjectName(rule.get("bean").asText()), null);
                assertThat(found).as(rule.get("bean").asText()).hasSize(1);
                ObjectName bean = found.iterator().next();
                for (JsonNode attribute : rule.get("metricAttribute")) {
                    String part = attribute.asText().replaceAll("param\\((.*)\\)", "$1");
                    assertThat(bean.getKeyProperty(part)).as(part).isNotBlank();
                }
                for (String attribute : namesIn(rule.get("mapping"))) {
                    assertThat(server.getAttribute(bean, attribute))
                            .as(attribute)
                            .isInstanceOf(Number.class);
                }
            }
        }
    }

    @Test
    void everyMetricIsDescribedAndTheSameWhereverItComesFrom() throws IOException {
        Map<String, String> described = new HashMap<>();
        Set<String> identities = new HashSet<>();
        for (JsonNode rule : rules()) {
            for (JsonNode metric : rule.get("mapping")) {
                String type = rule.get("type").asText();
                JsonNode unit = metric.has("unit") ? metric.get("unit") : rule.get("unit");
                String description =
                        type + ", " + unit.asText() + ", " + metric.get("desc").asText();
                String name = metric.get("metric").asText();
                assertThat(TYPES).contains(type);
                assertThat(described.getOrDefault(name, description)).isEqualTo(description);
                described.put(name, description);
                assertThat(identities.add(name + metric.path("metricAttribute")))
                        .as("two attributes would be told as one: " + name)
                        .isTrue();
            }
        }
        assertThat(described).isNotEmpty();
    }
}
