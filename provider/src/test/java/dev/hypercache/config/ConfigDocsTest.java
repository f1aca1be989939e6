package dev.hypercache.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ConfigDocsTest {
    @Test
    void documentedKeysEqualTheTable() {
        String generated = ConfigDocs.generate();

        assertThat(ConstantDocs.current("CONFIG.md", generated))
                .as("docs/CONFIG.md is out of date; rewrite it with: mvn -pl provider -am test -Dtest=ConfigDocsTest"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -Dhypercache.docs.write=true")
                .isEqualTo(generated);
    }
}
