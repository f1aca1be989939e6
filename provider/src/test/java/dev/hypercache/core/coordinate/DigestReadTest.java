package dev.hypercache.core.coordinate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.core.message.CopyDigest;
import dev.hypercache.core.message.DigestsRead;
import dev.hypercache.core.message.ReadDigests;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.record.Version;
import dev.hypercache.core.ring.KeyBytes;
import dev.hypercache.core.ring.MemberSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Who is asked, and what has to be answered before a read is settled. */
final class DigestReadTest {

    private static final int SELF = 1;
    private static final MemberSet THREE = MemberSet.of(1, 2, 3);
    private static final MemberSet FIVE = MemberSet.of(5, 4, 3, 2, 1);

    private final List<Integer> agreed = new ArrayList<>();
    private final List<Integer> toLeader = new ArrayList<>();
    private final Map<Integer, ReadDigests> sent = new TreeMap<>();

    private DigestRead read(long id) {
        return new DigestRead(id, SELF, new DigestRead.Answer() {
            @Override
            public void agreed(int place) {
                agreed.add(place);
            }

            @Override
            public void askLeader(int place) {
                toLeader.add(place);
            }
        });
    }

    private DigestRead asked(long id, MemberSet voters, int keys, Integer... heard) {
        DigestRead read = read(id);
        for (int place = 0; place < keys; place++) {
            RecordKey name = new RecordKey(7, KeyBytes.of(7, new byte[] {(byte) place}));
            read.add(place, new CopyDigest(place, 1, name, new Version(1, place + 1), null), voters);
        }
        List<Integer> fresh = List.of(heard);
        read.ask(fresh::contains, (member, message) -> sent.put(member, (ReadDigests) message));
        return read;
    }

    private static DigestsRead differing(Integer... places) {
        return new DigestsRead(0, 1, List.of(places));
    }

    @Test
    void oneOfThreeIsAskedForAllKeysInOneMessage() {
        DigestRead read = asked(1, THREE, 4, 2, 3);
        assertThat(sent).hasSize(1);
        int peer = sent.keySet().iterator().next();
        assertThat(sent.values().iterator().next().digests()).hasSize(4);
        assertThat(agreed).isEmpty();

        read.on(peer, differing(1, 3));

        assertThat(agreed).containsExactly(0, 2);
        assertThat(toLeader).containsExactly(1, 3);
        assertThat(read.isEnded()).isTrue();
    }

    @Test
    void othersTakeTurns() {
        TreeSet<Integer> peers = new TreeSet<>();
        for (int id = 1; id <= 20; id++) {
            sent.clear();
            asked(id, THREE, 1, 2, 3);
            peers.addAll(sent.keySet());
        }
        assertThat(peers).containsExactly(2, 3);
    }

    @Test
    void keyOfFiveVotersTakesTwoMoreOfThem() {
        DigestRead read = asked(1, FIVE, 2, 2, 3, 4, 5);
        List<Integer> peers = List.copyOf(sent.keySet());
        assertThat(peers).hasSize(2).doesNotContain(SELF);

        read.on(peers.get(0), differing(0));
        assertThat(toLeader).as("what one of them does not hold").containsExactly(0);
        assertThat(agreed).as("after one of two").isEmpty();

        read.on(peers.get(0), differing());
        assertThat(agreed).as("one that says it twice counts once").isEmpty();

        read.on(peers.get(1), differing());
        assertThat(agreed).containsExactly(1);
        assertThat(toLeader).containsExactly(0);
        assertThat(read.isEnded()).isTrue();
    }

    @Test
    void leaderIsAskedWhereTooFewWereHeard() {
        assertThat(asked(1, THREE, 2).isEnded()).isTrue();
        assertThat(toLeader).containsExactly(0, 1);
        assertThat(asked(1, FIVE, 1, 4).isEnded()).isTrue();
        assertThat(sent).isEmpty();
    }

    @Test
    void leaderIsAskedOnceNobodyWaitsAnyLonger() {
        DigestRead read = asked(1, THREE, 2, 3);
        read.on(2, differing());
        assertThat(agreed).as("who was not asked does not count").isEmpty();

        read.end();
        read.on(3, differing());

        assertThat(toLeader).containsExactly(0, 1);
        assertThat(agreed).isEmpty();
        assertThat(read.isEnded()).isTrue();
    }

    @Test
    void placesThatWereNotAskedForSayNothing() {
        DigestRead read = asked(1, THREE, 1, 3);
        read.on(3, differing(1, 400));
        assertThat(agreed).containsExactly(0);
        assertThat(toLeader).isEmpty();
    }

    @Test
    void onlyVoterIsItsOwnMajority() {
        assertThat(asked(1, MemberSet.of(SELF), 1).isEnded()).isTrue();
        assertThat(agreed).containsExactly(0);
    }
}
