package dev.hypercache.core.op;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The mutations that led to one version of a key and may still be asked for again, each with its outcome.
 *
 * <p>A lineage belongs to its version: whoever installs the version installs the lineage instead of its own, never beside
 * it. A union would acknowledge a mutation that a later leader dropped. A mutation is forgotten when its client said that
 * it asks for nothing below some sequence any more, or when it is older than the token window. Of what was forgotten
 * early the lineage keeps one mark per client, so that a request delayed in the network is recognised as old.
 *
 * <p>Immutable. Bounded by {@link #MARKS_MAX}: a key that would exceed it takes no new mutation.
 */
public final class Lineage {

    /** No mutation is remembered. */
    public static final Lineage EMPTY = new Lineage(List.of(), List.of());

    /** The most mutations and marks that one version remembers. */
    public static final int MARKS_MAX = 4096;

    /** A mutation and what came of it. */
    public record Applied(OpToken token, Outcome outcome) {}

    /** Everything of one client up to a token was forgotten. */
    public record Forgotten(OpToken newest) {}

    private final List<Applied> applied;
    private final List<Forgotten> forgotten;
    /** Kept beside the lists, for whoever walks over many lineages would have to look into each. */
    private final int size;

    private final long newestIssuedAtMillis;

    private Lineage(List<Applied> applied, List<Forgotten> forgotten) {
        this.applied = applied;
        this.forgotten = forgotten;
        this.size = applied.size() + forgotten.size();
        this.newestIssuedAtMillis = newest(applied, forgotten);
    }

    private static long newest(List<Applied> applied, List<Forgotten> forgotten) {
        long newest = Long.MIN_VALUE;
        for (Applied one : applied) {
            newest = Math.max(newest, one.token().issuedAtMillis());
        }
        for (Forgotten one : forgotten) {
            newest = Math.max(newest, one.newest().issuedAtMillis());
        }
        return newest;
    }

    /** A lineage as a message brings it. */
    public static Lineage of(List<Applied> applied, List<Forgotten> forgotten) {
        return applied.isEmpty() && forgotten.isEmpty()
                ? EMPTY
                : new Lineage(List.copyOf(applied), List.copyOf(forgotten));
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /** How many mutations and marks there are. */
    public int size() {
        return size;
    }

    public List<Applied> applied() {
        return applied;
    }

    public List<Forgotten> forgotten() {
        return forgotten;
    }

    /** What came of the mutation; null if it is not remembered. */
    public @Nullable Outcome outcomeOf(OpToken token) {
        for (Applied one : applied) {
            if (one.token().isSame(token)) {
                return one.outcome();
            }
        }
        return null;
    }

    /** Whether the mutation may have been applied and forgotten since. */
    public boolean hasForgotten(OpToken token) {
        for (Forgotten one : forgotten) {
            if (one.newest().client() == token.client()
                    && token.sequence() <= one.newest().sequence()) {
                return true;
            }
        }
        return false;
    }

    /** This lineage and one mutation more. */
    public Lineage with(OpToken token, Outcome outcome) {
        Applied one = new Applied(token, outcome);
        if (applied.isEmpty()) {
            return new Lineage(List.of(one), forgotten);
        }
        List<Applied> longer = new ArrayList<>(applied.size() + 1);
        longer.addAll(applied);
        longer.add(one);
        return new Lineage(longer, forgotten);
    }

    /**
     * This lineage and another, both forgotten: whoever asks for one of their mutations again learns only that it is not
     * known what came of it. For keys on which nobody can tell any more which of two lineages is the true one.
     */
    public Lineage forgottenWith(Lineage other) {
        Map<Long, OpToken> newest = new TreeMap<>();
        for (Lineage one : List.of(this, other)) {
            one.applied.forEach(each -> newest.merge(each.token().client(), each.token(), Lineage::newer));
            one.forgotten.forEach(each -> newest.merge(each.newest().client(), each.newest(), Lineage::newer));
        }
        return of(List.of(), newest.values().stream().map(Forgotten::new).toList());
    }

    /** This lineage and the other one's mutations, for mutations that all come to the same, as clears do. */
    public Lineage with(Lineage other) {
        Lineage all = this;
        for (Applied one : other.applied) {
            all = all.outcomeOf(one.token()) == null ? all.with(one.token(), one.outcome()) : all;
        }
        List<Forgotten> marks = new ArrayList<>(all.forgotten);
        marks.addAll(other.forgotten);
        return of(all.applied, marks);
    }

    /**
     * What is left when a client asks for nothing below {@code lowestUnanswered} any more and everything issued before
     * {@code issuedAfterMillis} is refused anyway.
     */
    public Lineage pruned(long client, long lowestUnanswered, long issuedAfterMillis) {
        if (isEmpty()) {
            return this;
        }
        List<Applied> kept = List.of();
        OpToken newest = null;
        for (Applied one : applied) {
            OpToken token = one.token();
            boolean answered = token.client() == client && token.sequence() < lowestUnanswered;
            if (token.issuedAtMillis() < issuedAfterMillis) {
                continue;
            }
            if (!answered) {
                kept = longer(kept, one);
            } else {
                newest = newer(newest, token);
            }
        }
        return new Lineage(kept, marks(newest, client, issuedAfterMillis));
    }

    private List<Forgotten> marks(@Nullable OpToken newest, long client, long issuedAfterMillis) {
        List<Forgotten> marks = List.of();
        OpToken ofClient = newest;
        for (Forgotten one : forgotten) {
            if (one.newest().issuedAtMillis() < issuedAfterMillis) {
                continue;
            }
            if (one.newest().client() == client) {
                ofClient = newer(ofClient, one.newest());
            } else {
                marks = longer(marks, one);
            }
        }
        return ofClient == null ? marks : longer(marks, new Forgotten(ofClient));
    }

    /** A list that was made here with one thing more; most have but one, and those are the smallest there are. */
    private static <T> List<T> longer(List<T> list, T one) {
        if (list.isEmpty()) {
            return List.of(one);
        }
        List<T> longer = list.size() == 1 ? new ArrayList<>(list) : list;
        longer.add(one);
        return longer;
    }

    /** The greater sequence with the later time of issue: a mark must outlive all it stands for. */
    private static OpToken newer(@Nullable OpToken one, OpToken other) {
        if (one == null) {
            return other;
        }
        return new OpToken(
                one.client(),
                Math.max(one.sequence(), other.sequence()),
                Math.max(one.issuedAtMillis(), other.issuedAtMillis()));
    }

    /** When the newest mutation or mark was issued; {@link Long#MIN_VALUE} if there is none. */
    public long newestIssuedAtMillis() {
        return newestIssuedAtMillis;
    }

    @Override
    public String toString() {
        return "Lineage" + applied + (forgotten.isEmpty() ? "" : " forgotten " + forgotten);
    }
}
