package dev.hypercache.core.form;

import dev.hypercache.core.control.NodeProfile;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Finds two processes of one name that live at the same time.
 *
 * <p>A restart shows as another life, too. It is none if the former life answers once more to a question that was asked after the
 * later one had answered: then the moments at which the former one lived enclose one at which the later one did.
 */
final class TwinWatch {

    /** A life: when it first answered, and the last answer of it. */
    private record Seen(NodeProfile life, long firstHeardMillis, long askedMillis, long heardMillis) {}

    private final NodeProfile self;
    /** Two lives of each name at most; names at most as many as there are seeds. */
    private final Map<String, Map<UUID, Seen>> lives = new HashMap<>();

    TwinWatch(NodeProfile self) {
        this.self = self;
    }

    /**
     * A life answered.
     *
     * @return the other life of its name that lives, too; null if there is no proof of one
     */
    @Nullable
    NodeProfile heard(NodeProfile life, long askedMillis, long nowMillis) {
        if (life.name().equals(self.name())) {
            return life.boot().equals(self.boot()) ? null : self;
        }
        Map<UUID, Seen> ofName = lives.computeIfAbsent(life.name(), unused -> new HashMap<>());
        Seen before = ofName.get(life.boot());
        long first = before == null ? nowMillis : before.firstHeardMillis();
        ofName.put(life.boot(), new Seen(life, first, askedMillis, nowMillis));
        if (ofName.size() > 2) {
            ofName.values().removeIf(seen -> seen.heardMillis() < nowMillis && isOldest(seen, ofName));
        }
        for (Seen other : ofName.values()) {
            boolean isEnclosed = !other.life().boot().equals(life.boot())
                    && other.askedMillis() >= first
                    && other.heardMillis() <= askedMillis;
            if (isEnclosed) {
                return other.life();
            }
        }
        return null;
    }

    private static boolean isOldest(Seen seen, Map<UUID, Seen> ofName) {
        return ofName.values().stream().allMatch(other -> other.heardMillis() >= seen.heardMillis());
    }

    /** Names that are no seeds any more are forgotten. */
    void retain(Set<String> names) {
        lives.keySet().retainAll(names);
    }
}
