package dev.hypercache.jcache.expiry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.hypercache.core.record.ExpiryRule;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class ExpirationTest {

    private static final long STAYS = ExpiryRule.UNCHANGED;
    private static final long FIVE_MINUTES = 300_000;

    static Stream<Arguments> standardPolicies() {
        Duration five = Duration.FIVE_MINUTES;
        return Stream.of(
                arguments(new EternalExpiryPolicy(), ExpiryRule.NEVER),
                arguments(new CreatedExpiryPolicy(five), new ExpiryRule(FIVE_MINUTES, STAYS, STAYS)),
                arguments(new ModifiedExpiryPolicy(five), new ExpiryRule(FIVE_MINUTES, FIVE_MINUTES, STAYS)),
                arguments(new AccessedExpiryPolicy(five), new ExpiryRule(FIVE_MINUTES, STAYS, FIVE_MINUTES)),
                arguments(new TouchedExpiryPolicy(five), new ExpiryRule(FIVE_MINUTES, FIVE_MINUTES, FIVE_MINUTES)));
    }

    @ParameterizedTest
    @MethodSource("standardPolicies")
    void standardPolicyIsDataAndIsNotAsked(ExpiryPolicy policy, ExpiryRule rule) {
        Expiration expiration = new Expiration(policy);
        assertThat(expiration.asks()).isFalse();
        assertThat(expiration.rule()).isEqualTo(rule);
        assertThat(expiration.onCreation()).isEqualTo(rule);
        assertThat(expiration.onUpdate()).isEqualTo(rule);
        assertThat(expiration.onAccess()).isEqualTo(rule);
    }

    static Stream<Arguments> durations() {
        return Stream.of(
                arguments(Duration.ETERNAL, ExpiryRule.ETERNAL),
                arguments(Duration.ZERO, 0L),
                arguments(new Duration(TimeUnit.SECONDS, 0), 0L),
                arguments(new Duration(TimeUnit.MILLISECONDS, 1), 1L),
                arguments(new Duration(TimeUnit.HOURS, 2), 7_200_000L),
                arguments(new Duration(TimeUnit.DAYS, Long.MAX_VALUE), ExpiryRule.ETERNAL));
    }

    @ParameterizedTest
    @MethodSource("durations")
    void durationIsMilliseconds(Duration duration, long millis) {
        assertThat(new Expiration(new TouchedExpiryPolicy(duration)).rule())
                .isEqualTo(new ExpiryRule(millis, millis, millis));
        Expiration asking = new Expiration(new Asked(duration, duration, duration));
        assertThat(asking.onCreation().creationMillis()).isEqualTo(millis);
        assertThat(asking.onUpdate().updateMillis()).isEqualTo(millis);
        assertThat(asking.onAccess().accessMillis()).isEqualTo(millis);
    }

    @Test
    void otherPolicyIsAskedOnlyTheQuestionAtHand() {
        Asked policy = new Asked(Duration.ONE_MINUTE, Duration.FIVE_MINUTES, Duration.ONE_HOUR);
        Expiration expiration = new Expiration(policy);
        assertThat(expiration.asks()).isTrue();
        assertThat(expiration.rule()).isEqualTo(ExpiryRule.NEVER);
        assertThat(policy.questions).isEmpty();
        assertThat(expiration.onCreation()).isEqualTo(new ExpiryRule(60_000, STAYS, STAYS));
        assertThat(expiration.onUpdate()).isEqualTo(new ExpiryRule(ExpiryRule.ETERNAL, FIVE_MINUTES, STAYS));
        assertThat(expiration.onAccess()).isEqualTo(new ExpiryRule(ExpiryRule.ETERNAL, STAYS, 3_600_000));
        assertThat(policy.questions).containsExactly("creation", "update", "access");
    }

    @Test
    void nullFromUpdateOrAccessLeavesTheEndOfLifeAsItIs() {
        Expiration expiration = new Expiration(new Asked(null, null, null));
        assertThat(expiration.onCreation().creationMillis()).isEqualTo(ExpiryRule.ETERNAL);
        assertThat(expiration.onUpdate().updateMillis()).isEqualTo(STAYS);
        assertThat(expiration.onAccess().accessMillis()).isEqualTo(STAYS);
    }

    @Test
    void failingPolicyFailsNoOperation() {
        Expiration expiration = new Expiration(new Failing());
        assertThat(expiration.onCreation()).isEqualTo(ExpiryRule.NEVER);
        assertThat(expiration.onUpdate()).isEqualTo(ExpiryRule.NEVER);
        assertThat(expiration.onAccess()).isEqualTo(ExpiryRule.NEVER);
    }

    private static final class Asked implements ExpiryPolicy {
        final List<String> questions = new ArrayList<>();
        private final @Nullable Duration creation;
        private final @Nullable Duration update;
        private final @Nullable Duration access;

        Asked(@Nullable Duration creation, @Nullable Duration update, @Nullable Duration access) {
            this.creation = creation;
            this.update = update;
            this.access = access;
        }

        @Override
        public @Nullable Duration getExpiryForCreation() {
            questions.add("creation");
            return creation;
        }

        @Override
        public @Nullable Duration getExpiryForAccess() {
            questions.add("access");
            return access;
        }

        @Override
        public @Nullable Duration getExpiryForUpdate() {
            questions.add("update");
            return update;
        }
    }

    private static final class Failing implements ExpiryPolicy {
        @Override
        public Duration getExpiryForCreation() {
            throw new IllegalStateException("creation");
        }

        @Override
        public Duration getExpiryForAccess() {
            throw new IllegalStateException("access");
        }

        @Override
        public Duration getExpiryForUpdate() {
            throw new IllegalStateException("update");
        }
    }
}
