package dev.hypercache.core.lead;

import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.record.Version;
import dev.hypercache.core.ring.SlotConfiguration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a leader has proposed and does not know to be chosen yet.
 *
 * <p>A key's proposals stand in the order of their versions; accepting one accepts those before it, since a version carries
 * the whole record. A clear is a proposal of its cache. Bounded by the requests that a leader lets in. Confined to its
 * slot.
 */
final class Proposals {

    private final FewEntries<Object, ArrayDeque<Proposal>> pending = new FewEntries<>();
    private final OpenSequences open = new OpenSequences();
    /** How many of the names are those of clears. */
    private int clears;

    private final long ballot;

    Proposals(long ballot) {
        this.ballot = ballot;
    }

    /** The name of a cache's clears among those of its records. */
    private record ClearOf(int cache) {}

    Proposal add(RecordKey name, Version version) {
        return addTo(name, version);
    }

    Proposal addClear(int cache, Version version) {
        ClearOf name = new ClearOf(cache);
        clears += pending.containsKey(name) ? 0 : 1;
        return addTo(name, version);
    }

    private Proposal addTo(Object name, Version version) {
        Proposal proposal = new Proposal(version);
        ArrayDeque<Proposal> proposals = pending.get(name);
        if (proposals == null) {
            proposals = new ArrayDeque<>(2);
            pending.put(name, proposals);
        }
        proposals.addLast(proposal);
        if (version.ballot() == ballot) {
            open.add(version.sequence());
        }
        return proposal;
    }

    /** The latest proposal of a key that is not known to be chosen; null if all are. */
    @Nullable
    Proposal latest(RecordKey name) {
        ArrayDeque<Proposal> proposals = pending.get(name);
        return proposals == null ? null : proposals.peekLast();
    }

    /** The latest clear of a cache that is not known to be chosen; null if all are. */
    @Nullable
    Proposal latestClear(int cache) {
        ArrayDeque<Proposal> proposals = clears == 0 ? null : pending.get(new ClearOf(cache));
        return proposals == null ? null : proposals.peekLast();
    }

    /** A member holds a version of a key or a later one. */
    void accepted(RecordKey name, Version version, int member, SlotConfiguration configuration) {
        acceptedOf(name, version, member, configuration);
    }

    /** A member has cleared a cache up to a version or a later one. */
    void clearAccepted(int cache, Version version, int member, SlotConfiguration configuration) {
        acceptedOf(new ClearOf(cache), version, member, configuration);
        if (version.sequence() == Version.BEFORE_ALL) {
            return; // A clear of an earlier leader. What is proposed besides it lies above it.
        }
        // A member that cleared the cache holds nothing older of any key, and is sent no record that the clear took.
        List<Object> records = new ArrayList<>();
        for (Object name : pending.asMap().keySet()) {
            if (name instanceof RecordKey key && key.cache() == cache) {
                records.add(name);
            }
        }
        records.forEach(name -> acceptedOf(name, version, member, configuration));
    }

    private void acceptedOf(Object name, Version version, int member, SlotConfiguration configuration) {
        ArrayDeque<Proposal> proposals = pending.get(name);
        if (proposals == null) {
            return;
        }
        for (Iterator<Proposal> each = proposals.iterator(); each.hasNext(); ) {
            Proposal proposal = each.next();
            if (proposal.version().compareTo(version) > 0) {
                break;
            }
            proposal.accepted(member);
            if (proposal.isChosen(configuration)) {
                settle(proposal, configuration, each);
            }
        }
        if (proposals.isEmpty()) {
            pending.remove(name);
            clears -= name instanceof ClearOf ? 1 : 0;
        }
    }

    private void settle(Proposal proposal, SlotConfiguration configuration, Iterator<Proposal> each) {
        if (proposal.version().ballot() == ballot) {
            open.remove(proposal.version().sequence());
        }
        proposal.release(configuration);
        if (proposal.waiting().isEmpty()) {
            each.remove();
        }
    }

    /** Every sequence up to this one is chosen. */
    long committed(long last) {
        return open.isEmpty() ? last : open.lowest() - 1;
    }

    boolean isEmpty() {
        return pending.isEmpty();
    }

    /** The answers that wait for any proposal. */
    List<PendingAnswer> waiting() {
        List<PendingAnswer> waiting = new ArrayList<>();
        for (ArrayDeque<Proposal> proposals : pending.asMap().values()) {
            for (Proposal proposal : proposals) {
                waiting.addAll(proposal.waiting());
            }
        }
        return waiting;
    }

    /** How many versions are proposed and not known to be chosen. */
    int size() {
        int size = 0;
        for (ArrayDeque<Proposal> proposals : pending.asMap().values()) {
            size += proposals.size();
        }
        return size;
    }
}
