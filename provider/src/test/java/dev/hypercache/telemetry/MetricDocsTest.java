package dev.hypercache.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.config.ConstantDocs;
import org.junit.jupiter.api.Test;

final class MetricDocsTest {
    @Test
    void documentedMetricsEqualTheEnum() {
        String generated = MetricDocs.generate();

        assertThat(ConstantDocs.current("METRICS.md", generated))
                .as("docs/METRICS.md is out of date; rewrite it with: mvn -pl provider -am test -Dtest=MetricDocsTest"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -Dhypercache.docs.write=true")
                .isEqualTo(generated);
    }
}
