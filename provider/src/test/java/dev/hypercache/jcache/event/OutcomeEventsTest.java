package dev.hypercache.jcache.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.core.op.Change;
import javax.cache.event.EventType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The event table of JSR-107 §8. */
final class OutcomeEventsTest {

    @ParameterizedTest
    @EnumSource(Change.class)
    void changeIsTheEventThatTheTableSays(Change change) {
        assertThat(OutcomeEvents.eventOf(change)).isEqualTo(expected(change));
    }

    private static @Nullable EventType expected(Change change) {
        switch (change) {
            case CREATED:
                return EventType.CREATED;
            case UPDATED:
                return EventType.UPDATED;
            case REMOVED:
                return EventType.REMOVED;
            case EXPIRED:
                return EventType.EXPIRED;
            case NONE:
            case TOUCHED:
            case EVICTED:
                return null;
            default:
                throw new AssertionError("the table has no row for " + change);
        }
    }
}
