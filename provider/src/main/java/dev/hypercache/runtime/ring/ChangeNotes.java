package dev.hypercache.runtime.ring;

import dev.hypercache.core.message.ExpiredFound;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.op.Change;
import dev.hypercache.core.op.Outcome;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.ring.KeyHash;
import dev.hypercache.runtime.call.CacheSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one call changed, noted when the answers arrive and claimed by the thread that called.
 *
 * <p>Answers arrive in the guard of their slot, so of a key in the order of its changes; threads wake up in any. The leader
 * tells of a change before it answers, so it may be noted already. Safe for use by any threads.
 */
final class ChangeNotes {

    private final CacheSpec spec;
    private final NodeParts node;
    private final boolean ordered;
    private final List<Object> noted = new ArrayList<>(1);

    /** @param ordered whether a leader orders the changes of the cache, and tells of them */
    ChangeNotes(CacheSpec spec, NodeParts node, boolean ordered) {
        this.spec = spec;
        this.node = node;
        this.ordered = ordered;
    }

    /** An entry of the call's key has expired; whoever removed it before the call has counted it. */
    void expired(Object key, ExpiredFound expired) {
        if (!expired.before()) {
            spec.observer().foundExpired();
        }
        note(key, new ChangeNews.Caused(Change.EXPIRED, expired.record(), null));
    }

    /** An operation of the call was performed. */
    void performed(Object key, Outcome outcome) {
        if (outcome.change() != Change.NONE && outcome.change() != Change.TOUCHED) {
            note(key, new ChangeNews.Caused(outcome.change(), outcome.before(), outcome.after()));
        }
    }

    private void note(Object key, ChangeNews.Caused caused) {
        RecordKey name = new RecordKey(spec.id(), key);
        boolean isNews = !ordered || isNews(name, caused.before(), caused.after());
        Object mine = node.news().noted(spec.observer(), key, caused, isNews);
        if (mine != null) {
            add(mine);
        }
        node.news().tellOthers(spec.observer(), name, caused, isNews);
    }

    private boolean isNews(RecordKey name, @Nullable StoredRecord before, @Nullable StoredRecord after) {
        boolean listens = node.news().interests().listensTo(spec.id());
        return !listens || node.cells().of((KeyHash) name.key()).hear(reader -> reader.isNews(name, before, after));
    }

    private synchronized void add(Object one) {
        noted.add(one);
    }

    /** The calling thread caused all that. */
    synchronized void claim() {
        noted.forEach(spec.observer()::claim);
        noted.clear();
    }
}
