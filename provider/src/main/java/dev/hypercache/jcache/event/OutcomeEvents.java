package dev.hypercache.jcache.event;

import dev.hypercache.core.op.Change;
import javax.cache.event.EventType;
import org.jspecify.annotations.Nullable;

/** Which event a change is: the table of JSR-107 §8 as a pure function. */
public final class OutcomeEvents {

    private OutcomeEvents() {}

    /** The event of a change; null for changes that listeners do not hear of. */
    public static @Nullable EventType eventOf(Change change) {
        switch (change) {
            case CREATED:
                return EventType.CREATED;
            case UPDATED:
                return EventType.UPDATED;
            case REMOVED:
                return EventType.REMOVED;
            case EXPIRED:
                return EventType.EXPIRED;
            default:
                return null; // An eviction is no removal (JSR-107 §8.4), and a touch changes no value.
        }
    }
}
