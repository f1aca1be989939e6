package dev.hypercache.runtime.ring;

import dev.hypercache.core.message.ExpiredFound;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.op.Change;
import dev.hypercache.core.op.Outcome;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.runtime.call.CacheSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one call changed, noted when the answers arrive and claimed by the thread that called.
 *
 * <p>Answers arrive in the guard of their slot, so of a key in the order of its changes; threads wake up in any. Safe for use
 * by any threads.
 */
final class ChangeNotes {

    private final CacheSpec spec;
    private final ExpiryNews news;
    private final List<Object> noted = new ArrayList<>(1);

    ChangeNotes(CacheSpec spec, ExpiryNews news) {
        this.spec = spec;
        this.news = news;
    }

    /** An entry of the call's key has expired; whoever removed it before the call has counted it. */
    void expired(Object key, ExpiredFound expired) {
        if (!news.isNew(new RecordKey(spec.id(), key), expired.record())) {
            return;
        }
        if (!expired.before()) {
            spec.observer().foundExpired();
        }
        note(key, Change.EXPIRED, expired.record(), null);
    }

    /** An operation of the call was performed. */
    void performed(Object key, Outcome outcome) {
        if (outcome.change() != Change.NONE && outcome.change() != Change.TOUCHED) {
            note(key, outcome.change(), outcome.before(), outcome.after());
        }
    }

    private synchronized void note(
            Object key, Change change, @Nullable StoredRecord before, @Nullable StoredRecord after) {
        Object one = spec.observer().note(key, change, before, after);
        if (one != null) {
            noted.add(one);
        }
    }

    /** The calling thread caused all that. */
    synchronized void claim() {
        noted.forEach(spec.observer()::claim);
        noted.clear();
    }
}
