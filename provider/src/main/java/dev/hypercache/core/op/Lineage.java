package dev.hypercache.core.op;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
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
    public static final Lineage EMPTY = new Lineage(new LineageBuilder());

    /** The most mutations and marks that one version remembers. */
    public static final int MARKS_MAX = 4096;

    /** A mutation and what came of it. */
    public record Applied(OpToken token, Outcome outcome) {}

    /** Everything of one client up to a token was forgotten. */
    public record Forgotten(OpToken newest) {}

    private final int mutations;
    private final int marks;
    /** Kept besides, for whoever walks over many lineages. */
    private final long newestIssuedAtMillis;

    // The first mutation, if there is one: nearly always the only one, so whoever looks for one fetches no second
    // object.
    private final long client;
    private final long sequence;
    private final long issuedAtMillis;
    private final @Nullable Outcome outcome;

    // The first mark, if there is one.
    private final long markClient;
    private final long markSequence;
    private final long markIssuedAtMillis;

    private final List<Applied> furtherApplied;
    private final List<Forgotten> furtherForgotten;

    Lineage(LineageBuilder from) {
        this.mutations = from.mutations;
        this.marks = from.marks;
        this.newestIssuedAtMillis = from.newestIssuedAtMillis;
        this.client = from.client;
        this.sequence = from.sequence;
        this.issuedAtMillis = from.issuedAtMillis;
        this.outcome = from.outcome;
        this.markClient = from.markClient;
        this.markSequence = from.markSequence;
        this.markIssuedAtMillis = from.markIssuedAtMillis;
        this.furtherApplied = from.furtherApplied;
        this.furtherForgotten = from.furtherForgotten;
    }

    /** A lineage of these. */
    public static Lineage of(List<Applied> applied, List<Forgotten> forgotten) {
        LineageBuilder all = new LineageBuilder();
        applied.forEach(one -> all.applied(one.token(), one.outcome()));
        forgotten.forEach(one -> all.forgotten(one.newest()));
        return all.build();
    }

    public boolean isEmpty() {
        return size() == 0;
    }

    /** How many mutations and marks there are. */
    public int size() {
        return mutations + marks;
    }

    /** How many mutations there are. */
    public int mutations() {
        return mutations;
    }

    /** The token of one of the mutations, from 0. */
    public OpToken token(int at) {
        return at == 0
                ? new OpToken(client, sequence, issuedAtMillis)
                : furtherApplied.get(at - 1).token();
    }

    /** What came of one of the mutations, from 0. */
    public Outcome outcome(int at) {
        return at == 0
                ? requireNonNull(outcome, "outcome")
                : furtherApplied.get(at - 1).outcome();
    }

    /** How many marks there are. */
    public int marks() {
        return marks;
    }

    /** One of the marks, from 0: everything of its client up to it was forgotten. */
    public OpToken mark(int at) {
        return at == 0
                ? new OpToken(markClient, markSequence, markIssuedAtMillis)
                : furtherForgotten.get(at - 1).newest();
    }

    /** The mutations in a list that is made anew. */
    public List<Applied> applied() {
        return IntStream.range(0, mutations)
                .mapToObj(at -> new Applied(token(at), outcome(at)))
                .toList();
    }

    /** The marks in a list that is made anew. */
    public List<Forgotten> forgotten() {
        return IntStream.range(0, marks).mapToObj(at -> new Forgotten(mark(at))).toList();
    }

    /** What came of the mutation; null if it is not remembered. */
    public @Nullable Outcome outcomeOf(OpToken token) {
        if (mutations > 0 && client == token.client() && sequence == token.sequence()) {
            return outcome;
        }
        for (int at = 1; at < mutations; at++) {
            if (token(at).isSame(token)) {
                return outcome(at);
            }
        }
        return null;
    }

    /** Whether the mutation may have been applied and forgotten since. */
    public boolean hasForgotten(OpToken token) {
        if (marks > 0 && markClient == token.client() && token.sequence() <= markSequence) {
            return true;
        }
        for (int at = 1; at < marks; at++) {
            OpToken newest = mark(at);
            if (newest.client() == token.client() && token.sequence() <= newest.sequence()) {
                return true;
            }
        }
        return false;
    }

    /** This lineage and one mutation more. */
    public Lineage with(OpToken token, Outcome itsOutcome) {
        return copy().applied(token, itsOutcome).build();
    }

    private LineageBuilder copy() {
        LineageBuilder copy = new LineageBuilder();
        for (int at = 0; at < mutations; at++) {
            copy.applied(token(at), outcome(at));
        }
        for (int at = 0; at < marks; at++) {
            copy.forgotten(mark(at));
        }
        return copy;
    }

    /**
     * This lineage and another, both forgotten: whoever asks for one of their mutations again learns only that it is not
     * known what came of it. For keys on which nobody can tell any more which of two lineages is the true one.
     */
    public Lineage forgottenWith(Lineage other) {
        Map<Long, OpToken> newest = new TreeMap<>();
        for (Lineage one : List.of(this, other)) {
            one.applied().forEach(each -> newest.merge(each.token().client(), each.token(), Lineage::newer));
            one.forgotten().forEach(each -> newest.merge(each.newest().client(), each.newest(), Lineage::newer));
        }
        return of(List.of(), newest.values().stream().map(Forgotten::new).toList());
    }

    /** This lineage and the other one's mutations, for mutations that all come to the same, as clears do. */
    public Lineage with(Lineage other) {
        Lineage both = this;
        for (int at = 0; at < other.mutations; at++) {
            OpToken token = other.token(at);
            both = both.outcomeOf(token) == null ? both.with(token, other.outcome(at)) : both;
        }
        LineageBuilder all = both.copy();
        for (int at = 0; at < other.marks; at++) {
            all.forgotten(other.mark(at));
        }
        return all.build();
    }

    /**
     * What is left when a client asks for nothing below {@code lowestUnanswered} any more and everything issued before
     * {@code issuedAfterMillis} is refused anyway.
     */
    public Lineage pruned(long ofClient, long lowestUnanswered, long issuedAfterMillis) {
        return isEmpty()
                ? this
                : left(ofClient, lowestUnanswered, issuedAfterMillis).build();
    }

    /** What is left as {@link #pruned} says for the client of a mutation, and that mutation. */
    public Lineage prunedWith(OpToken token, Outcome itsOutcome, long lowestUnanswered, long issuedAfterMillis) {
        return left(token.client(), lowestUnanswered, issuedAfterMillis)
                .applied(token, itsOutcome)
                .build();
    }

    private LineageBuilder left(long ofClient, long lowestUnanswered, long issuedAfterMillis) {
        LineagePruning pruning = new LineagePruning(ofClient, lowestUnanswered, issuedAfterMillis);
        if (mutations > 0) {
            pruning.applied(client, sequence, issuedAtMillis, outcome(0));
        }
        for (int at = 1; at < mutations; at++) {
            pruning.applied(token(at), outcome(at));
        }
        if (marks > 0) {
            pruning.forgotten(markClient, markSequence, markIssuedAtMillis);
        }
        for (int at = 1; at < marks; at++) {
            pruning.forgotten(mark(at));
        }
        return pruning.left();
    }

    /** The greater sequence with the later time of issue: a mark must outlive all it stands for. */
    private static OpToken newer(OpToken one, OpToken other) {
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
        return "Lineage" + applied() + (marks == 0 ? "" : " forgotten " + forgotten());
    }
}
