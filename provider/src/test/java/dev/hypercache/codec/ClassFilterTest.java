package dev.hypercache.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.cache.interceptor.SimpleKey;
import org.springframework.cache.support.NullValue;

class ClassFilterTest {
    @Test
    void dataClassesOfTheJdkAndOfFrameworksNeedNoConfiguration() {
        ClassFilter filter = ClassFilter.of(List.of());

        assertThat(List.of(
                        String.class,
                        int[][].class,
                        ArrayList.class,
                        java.time.Instant.class,
                        SimpleKey.class,
                        NullValue.class))
                .allMatch(filter::admits);
        assertThat(List.of(ClassFilterTest.class, ClassFilterTest[].class, Runtime.class, java.io.File.class))
                .noneMatch(filter::admits);
    }

    @Test
    void patternNamesAClassAPackageOrAPackageWithSubpackages() {
        assertThat(ClassFilter.of(List.of("org.junit.jupiter.api.Test")).admits(Test.class))
                .isTrue();
        assertThat(ClassFilter.of(List.of("org.junit.jupiter.api.*")).admits(Test.class))
                .isTrue();
        assertThat(ClassFilter.of(List.of("org.junit.jupiter.*")).admits(Test.class))
                .isFalse();
        assertThat(ClassFilter.of(List.of("org.junit.jupiter.**")).admits(Test.class))
                .isTrue();
        assertThat(ClassFilter.of(List.of("org.junit.jup.**")).admits(Test.class))
                .isFalse();
        assertThat(ClassFilter.of(List.of()).and(Test.class).admits(Test.class)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "**", "com.*.x", "com..x", "!com.x", "com.x*", ".com", "com. x", "@", "@Spring"})
    void anythingElseIsRefusedWithTheFormsThereAre(String pattern) {
        assertThatThrownBy(() -> ClassFilter.of(List.of(pattern)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("hypercache.codec.java.allow", "'" + pattern + "'", "com.acme.**", "@spring");
    }
}
