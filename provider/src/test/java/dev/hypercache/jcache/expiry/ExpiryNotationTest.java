package dev.hypercache.jcache.expiry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ExpiryNotationTest {

    private static final Duration MINUTES = new Duration(TimeUnit.MINUTES, 5);

    static Stream<Arguments> standardPolicies() {
        return Stream.of(
                Arguments.of("eternal", new EternalExpiryPolicy()),
                Arguments.of("created:300000ms", new CreatedExpiryPolicy(MINUTES)),
                Arguments.of("modified:300000ms", new ModifiedExpiryPolicy(MINUTES)),
                Arguments.of("accessed:0ms", new AccessedExpiryPolicy(Duration.ZERO)),
                Arguments.of("touched:eternal", new TouchedExpiryPolicy(Duration.ETERNAL)));
    }

    @ParameterizedTest
    @MethodSource("standardPolicies")
    void standardPolicyIsItsNameAndDuration(String text, ExpiryPolicy policy) {
        assertThat(ExpiryNotation.of(policy)).isEqualTo(text);
        ExpiryPolicy read = ExpiryNotation.policy(text);
        assertThat(read).hasSameClassAs(policy);
        assertThat(ExpiryNotation.of(read)).isEqualTo(text);
    }

    @Test
    void otherPolicyIsItsClass() {
        ExpiryPolicy own = new ExpiryPolicy() {
            @Override
            public Duration getExpiryForCreation() {
                return MINUTES;
            }

            @Override
            public Duration getExpiryForAccess() {
                return MINUTES;
            }

            @Override
            public Duration getExpiryForUpdate() {
                return MINUTES;
            }
        };

        assertThat(ExpiryNotation.of(own)).isEqualTo("custom:" + own.getClass().getName());
        assertThat(ExpiryNotation.policy(ExpiryNotation.of(own))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "created", "created:", "created:5m", "created:-1ms", "created:ms", "resurrected:5ms"})
    void otherTextIsNoPolicy(String text) {
        assertThat(ExpiryNotation.policy(text)).isNull();
    }
}
