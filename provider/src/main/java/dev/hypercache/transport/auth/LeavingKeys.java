package dev.hypercache.transport.auth;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Decides when a key that the file lists no more may go (SECURITY §3.1: not while any peer still signs with it).
 *
 * <p>A connection stays authentic without a new signature, so its silence says nothing of the key that its peer signs with now.
 * Therefore peers are asked first: connections made with a leaving key are told to make room, and whoever still signs with that
 * key shows it when it dials anew. A key goes when nobody has signed with it for a while after that; whoever
 * signs with another key since is not waited for. While somebody goes on, it is
 * asked again each half of that while.
 *
 * <p>Belongs to the monitor of {@link LiveKeys}. Holds installed keys alone.
 */
final class LeavingKeys {

    /** How long peers have to dial anew after they were asked to. */
    static final long ANSWER_MILLIS = 5_000;

    private final KeyUses uses;
    private final long quietMillis;
    private final Map<String, Leaving> leaving = new TreeMap<>();

    /** When the users of a key were last asked to leave it, and which use was told last. */
    private record Leaving(long askedMillis, long toldMillis) {}

    LeavingKeys(KeyUses uses, long quietMillis) {
        this.uses = uses;
        this.quietMillis = quietMillis;
    }

    /** Keys that are listed again leave no more. */
    void retain(Set<String> stale) {
        leaving.keySet().retainAll(stale);
    }

    void forget(String keyId) {
        leaving.remove(keyId);
    }

    Set<String> ids() {
        return Set.copyOf(leaving.keySet());
    }

    int count() {
        return leaving.size();
    }

    /** Somebody signs with a key: what its host did with leaving keys before it was asked to leave them is over. */
    void signs(String keyId, String peer) {
        leaving.forEach((id, asked) -> {
            if (!id.equals(keyId)) {
                uses.moved(id, peer, asked.askedMillis());
            }
        });
    }

    /** Whether a key may go now; a key that nobody has used may go at once. */
    boolean mayGo(String keyId, long nowMillis) {
        if (!uses.isUsed(keyId)) {
            return true;
        }
        KeyUses.Use use = uses.of(keyId);
        Leaving known = leaving.get(keyId);
        return known != null
                && (use == null || nowMillis - use.atMillis() >= quietMillis)
                && nowMillis - known.askedMillis() >= answerMillis();
    }

    private long answerMillis() {
        return Math.min(ANSWER_MILLIS, quietMillis);
    }

    /** Longer than an answer takes: who is asked again before it can have answered never goes. */
    private long askMillis() {
        return Math.max(quietMillis / 2, 2 * answerMillis());
    }

    /** Whether the users of a key have to be asked to leave it; if so, they count as asked. */
    boolean ask(String keyId, long nowMillis) {
        Leaving known = leaving.get(keyId);
        KeyUses.Use use = uses.of(keyId);
        long lastMillis = known == null ? 0 : Math.max(known.askedMillis(), use == null ? 0 : use.atMillis());
        if (known != null && nowMillis - lastMillis < askMillis()) {
            return false;
        }
        leaving.put(keyId, new Leaving(nowMillis, known == null ? Long.MIN_VALUE : known.toldMillis()));
        return true;
    }

    /**
     * Who has used a leaving key a short time ago, if that has to be told.
     *
     * @return null if nobody has, or it was told of within half the while
     */
    @Nullable
    String userToTell(String keyId, long nowMillis) {
        Leaving known = leaving.get(keyId);
        KeyUses.Use use = uses.of(keyId);
        boolean isRecent = use != null && nowMillis - use.atMillis() < quietMillis;
        if (known == null || use == null || !isRecent || use.atMillis() < known.toldMillis() + quietMillis / 2) {
            return null;
        }
        leaving.put(keyId, new Leaving(known.askedMillis(), use.atMillis()));
        return use.peer();
    }
}
