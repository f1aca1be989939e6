package dev.hypercache.core.coordinate;

import dev.hypercache.core.message.CopyDigest;
import dev.hypercache.core.message.DigestsRead;
import dev.hypercache.core.message.Outbox;
import dev.hypercache.core.message.ReadDigests;
import dev.hypercache.core.ring.MemberSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * Reads keys of which the reader's node has copies, each at a majority of its slot's voters and past its leader: the others only
 * say whether they hold the same, all keys in one message (the digest reads of Dynamo and Cassandra, with versions for hashes).
 *
 * <p>What a majority holds under one version is chosen, and no older than anything that was chosen before the read began, as for a
 * {@link QuorumRead}. A key in whose copies anything differs is the leader's to answer: something is being written, or a copy
 * lags behind. So it is if too few members were heard just now to expect their answers at once, and if they do not come.
 *
 * <p>Confined: the caller guards it.
 */
public final class DigestRead {

    /** The most keys of one read. */
    public static final int KEYS_MAX = ReadDigests.DIGESTS_MAX;

    private static final long MIX = 0x9E37_79B9_7F4A_7C15L;

    /** Takes what comes of each key, once. */
    public interface Answer {

        /** A majority holds what the reader's copy held when it was asked. */
        void agreed(int place);

        /** Only the leader can tell. */
        void askLeader(int place);
    }

    /** One key: what the reader holds, and how many others have yet to hold the same. */
    private static final class Key {
        private final int place;
        private final CopyDigest digest;
        private final MemberSet voters;
        private int missing;

        Key(int place, CopyDigest digest, MemberSet voters) {
            this.place = place;
            this.digest = digest;
            this.voters = voters;
            this.missing = voters.majority() - 1;
        }

        boolean isOpen() {
            return missing > 0;
        }
    }

    private final long id;
    private final int self;
    private final Answer answer;
    private final List<Key> keys = new ArrayList<>();
    private final Map<Integer, List<Key>> asked = new LinkedHashMap<>();
    private int open;

    /**
     * @param id tells this read from others of the node
     * @param self the reader's node
     */
    public DigestRead(long id, int self, Answer answer) {
        this.id = id;
        this.self = self;
        this.answer = answer;
    }

    /**
     * Takes in a key, before it is asked for; at most {@link #KEYS_MAX}.
     *
     * @param place names it to whoever takes the answers
     * @param digest what the reader's copy holds
     * @param voters those of the key's slot, the reader among them
     */
    public void add(int place, CopyDigest digest, MemberSet voters) {
        keys.add(new Key(place, digest, voters));
    }

    /**
     * Asks as few members as suffice.
     *
     * @param isHeard whether a member gave a sign of life just now
     */
    public void ask(IntPredicate isHeard, Outbox out) {
        open = keys.size();
        MemberSet voters = MemberSet.EMPTY;
        List<Integer> members = List.of();
        for (Key key : keys) {
            if (!key.voters.equals(voters)) { // Most slots have the same ones.
                members = chosenFor(key, isHeard);
                voters = key.voters;
            }
            if (members.size() < key.missing) {
                toLeader(key);
            } else if (members.isEmpty()) {
                agree(key);
            } else {
                members.forEach(member -> asked.computeIfAbsent(member, unused -> new ArrayList<>())
                        .add(key));
            }
        }
        asked.forEach((member, of) -> out.send(
                member,
                new ReadDigests(0, id, of.stream().map(key -> key.digest).toList())));
    }

    /** Another order of the members for each read, but the same for all of its keys: so few messages suffice. */
    private List<Integer> chosenFor(Key key, IntPredicate isHeard) {
        List<Integer> chosen = new ArrayList<>(key.missing);
        while (chosen.size() < key.missing) {
            int best = self;
            for (int place = 0; place < key.voters.size(); place++) {
                int member = key.voters.get(place);
                boolean isFree = member != self && !chosen.contains(member) && isHeard.test(member);
                if (isFree && (best == self || orderOf(member) < orderOf(best))) {
                    best = member;
                }
            }
            if (best == self) {
                return chosen;
            }
            chosen.add(best);
        }
        return chosen;
    }

    private long orderOf(int member) {
        return (id ^ (member + 1L) * MIX) * MIX;
    }

    /** A member says which of its copies hold something else. */
    public void on(int from, DigestsRead read) {
        List<Key> of = asked.remove(from);
        if (of == null) {
            return;
        }
        for (int place : read.differing()) {
            if (place >= 0 && place < of.size() && of.get(place).isOpen()) {
                toLeader(of.get(place));
            }
        }
        for (Key key : of) {
            if (key.isOpen() && --key.missing == 0) {
                agree(key);
            }
        }
    }

    private void agree(Key key) {
        key.missing = 0;
        open--;
        answer.agreed(key.place);
    }

    private void toLeader(Key key) {
        key.missing = 0;
        open--;
        answer.askLeader(key.place);
    }

    /** Nobody waits for the members any longer. */
    public void end() {
        asked.clear();
        keys.stream().filter(Key::isOpen).forEach(this::toLeader);
    }

    public boolean isEnded() {
        return open == 0;
    }
}
