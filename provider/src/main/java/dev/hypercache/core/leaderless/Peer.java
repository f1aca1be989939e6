package dev.hypercache.core.leaderless;

import dev.hypercache.core.hint.HintLedger;
import dev.hypercache.core.message.HolderHead;
import dev.hypercache.core.message.HybridKey;
import dev.hypercache.core.message.HybridPage;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.record.HybridVersion;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a holder of a slot knows of another one: which copy that has, what it misses, and how far a comparison got. */
final class Peer {

    /** How many clears a peer may miss; a cache has one, so beyond it some were never sent and the two are compared. */
    private static final int CLEARS_MAX = 4_096;

    private final int id;
    private final Missing records;
    private final DirtySet<Integer> clears = new DirtySet<>(CLEARS_MAX);
    private long copy = HolderHead.UNKNOWN;
    private boolean compared;
    private boolean complete;
    private long comparedAtMillis = DirtySet.NEVER;
    private int attempt;
    private long askedAtMillis = DirtySet.NEVER;
    private long filledAtMillis = DirtySet.NEVER;
    private final BitSet pages = new BitSet();
    private final Map<RecordKey, HybridVersion> theirs = new HashMap<>();

    Peer(int id, int sentMax, HintLedger ledger) {
        this.id = id;
        this.records = new Missing(id, sentMax, ledger);
    }

    int id() {
        return id;
    }

    long copy() {
        return copy;
    }

    Missing records() {
        return records;
    }

    DirtySet<Integer> clears() {
        return clears;
    }

    /**
     * The peer said which copy it has.
     *
     * @return false if it is one that the peer has no more
     */
    boolean heardOf(long itsCopy) {
        if (itsCopy > copy) {
            copy = itsCopy;
            complete = false;
            compareAnew();
        }
        return itsCopy == copy;
    }

    /** Nothing is known any more of what the peer holds. */
    void compareAnew() {
        compared = false;
        askedAtMillis = DirtySet.NEVER;
        forgetPages();
    }

    private void forgetPages() {
        pages.clear();
        theirs.clear();
        attempt++;
    }

    /** Whether it is time to ask the peer what it holds, for the first time or again. */
    boolean isToBeAsked(long now, long patienceMillis) {
        boolean hasRoom = copy == HolderHead.UNKNOWN || records.isClearOfComparison();
        return !compared && hasRoom && now - askedAtMillis >= patienceMillis;
    }

    /** The peer is asked now; returns the number of the attempt. */
    int asked(long now) {
        forgetPages();
        askedAtMillis = now;
        return attempt;
    }

    /** Whether a page belongs to the answer that is waited for. */
    boolean isWaitingFor(HybridPage page) {
        return !compared && page.attempt() == attempt && !pages.get(page.page());
    }

    /**
     * A page of the answer came.
     *
     * @return what the peer holds once all pages are here; null before
     */
    @Nullable
    Map<RecordKey, HybridVersion> take(HybridPage page) {
        pages.set(page.page());
        for (HybridKey one : page.versions()) {
            theirs.put(one.name(), one.version());
        }
        return pages.cardinality() == page.pages() ? theirs : null;
    }

    /** Everything that the peer misses is marked as missing. */
    void compared(long now) {
        compared = true;
        comparedAtMillis = now;
        forgetPages();
    }

    boolean isCompared() {
        return compared;
    }

    /** Whether it was compared so long ago, and is not being compared again. */
    boolean isComparedFor(long millis, long now) {
        return compared && now - comparedAtMillis >= millis;
    }

    /** Whether the peer is known to hold everything that is held here up to a version. */
    boolean hasAllUpTo(HybridVersion version) {
        return compared && records.isClearUpTo(version) && clears.isClearUpTo(version);
    }

    /** Whether the peer is known to hold everything that is held here. */
    boolean hasAll() {
        return compared && records.isEmpty() && clears.isEmpty();
    }

    /** The peer misses more than can be remembered. */
    void overflow() {
        records.forget();
        compareAnew();
    }

    /** Nothing is brought to the peer any more. */
    void forget() {
        records.forget();
        clears.clear();
    }

    void isComplete(boolean itsCopyIsComplete) {
        complete |= itsCopyIsComplete;
    }

    boolean isComplete() {
        return complete;
    }

    /** Whether it is time to tell the peer that its copy is filled. */
    boolean isToBeToldFilled(long now, long patienceMillis) {
        boolean filled = compared && !complete && records.isClearOfComparison() && clears.isClearOfComparison();
        if (!filled || now - filledAtMillis < patienceMillis) {
            return false;
        }
        filledAtMillis = now;
        return true;
    }

    @Override
    public String toString() {
        return "Peer[" + id + ", copy " + copy + (compared ? ", compared" : "") + (complete ? ", complete" : "")
                + ", misses " + records + "+" + clears.size() + "]";
    }
}
