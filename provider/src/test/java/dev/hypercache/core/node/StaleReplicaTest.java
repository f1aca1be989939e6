package dev.hypercache.core.node;

import static dev.hypercache.core.node.RepairBench.FOLLOWER;
import static dev.hypercache.core.node.RepairBench.LEADER;
import static dev.hypercache.core.node.RepairBench.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.core.lead.LeaderEvent;
import dev.hypercache.core.message.Accept;
import dev.hypercache.core.message.AskBucketVersions;
import dev.hypercache.core.message.AskHeld;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.message.VersionPage;
import org.junit.jupiter.api.Test;

/** What a leader does about a follower that differs, or that readers saw stale. */
final class StaleReplicaTest {

    private static final int KEYS = 2_000;

    private final RepairBench bench = new RepairBench();

    private void fill() {
        for (int number = 0; number < KEYS; number++) {
            bench.write(RepairBench.name(number), RepairBench.value("v" + number, number + 1));
        }
    }

    @Test
    void onlyTheBucketsThatDifferAreListedAndOnlyTheRecordIsSent() {
        fill();
        bench.plant(FOLLOWER, RepairBench.name(7), null);
        bench.takeSent(Accept.class);

        bench.compare();

        assertThat(bench.isEqual()).isTrue();
        assertThat(bench.count(LeaderEvent.REPAIR_SENT)).isEqualTo(1);
        assertThat(bench.count(LeaderEvent.REPAIR_POLLED)).isZero();
    }

    @Test
    void oneLostRecordAmongManyIsFoundWithoutListingTheOthers() {
        fill();
        bench.plant(FOLLOWER, RepairBench.name(7), null);
        bench.takeSent(Accept.class);
        bench.compare();

        assertThat(bench.takeSent(VersionPage.class))
                .allMatch(page -> page.versions().size() <= 64);
    }

    @Test
    void copiesThatAreEqualListNothing() {
        fill();
        bench.compare();

        assertThat(bench.takeSent(AskBucketVersions.class))
                .allMatch(ask -> ask.buckets().isEmpty());
        assertThat(bench.count(LeaderEvent.REPAIR_SENT)).isZero();
    }

    @Test
    void followerSeenStaleByManyReadersIsRepairedOnce() {
        RecordKey name = RepairBench.name(1);
        bench.write(name, RepairBench.value("new", 20));
        bench.plant(FOLLOWER, name, RepairBench.value("old", 10));
        for (int reader = 0; reader < 10; reader++) {
            bench.seenStale(FOLLOWER, name);
        }

        assertThat(bench.valueAt(FOLLOWER, name)).isEqualTo("new");
        assertThat(bench.count(LeaderEvent.READ_REPAIRED)).isEqualTo(1);
        assertThat(bench.count(LeaderEvent.READ_REPAIR_NEEDLESS)).isEqualTo(9);
        assertThat(bench.takeSent(Accept.class)).hasSize(1);
    }

    @Test
    void followerThatIsNotStaleIsSentNothing() {
        RecordKey name = RepairBench.name(1);
        bench.write(name, RepairBench.value("new", 20));
        bench.takeSent(Accept.class);
        bench.seenStale(FOLLOWER, name);

        assertThat(bench.takeSent(Accept.class)).isEmpty();
        assertThat(bench.count(LeaderEvent.READ_REPAIRED)).isZero();
    }

    @Test
    void leaderThatLostWhatAMajorityHoldsGetsItBackUnderAFreshVersion() {
        RecordKey name = RepairBench.name(1);
        bench.write(name, RepairBench.value("kept", 20));
        bench.plant(LEADER, name, null);
        bench.compare();

        assertThat(bench.valueAt(LEADER, name)).isEqualTo("kept");
        assertThat(bench.held(LEADER, name).ballot())
                .isEqualTo(bench.state(LEADER).promise().ballot());
        assertThat(bench.count(LeaderEvent.REPAIR_REVIVED)).isEqualTo(1);
        assertThat(bench.isEqual()).isTrue();
    }

    @Test
    void recordOfOneReplicaAloneDies() {
        RecordKey name = RepairBench.name(1);
        bench.plant(OTHER, name, RepairBench.value("ghost", 20));
        bench.takeSent(AskHeld.class);
        bench.compare();

        assertThat(bench.valueAt(OTHER, name)).isNull();
        assertThat(bench.takeSent(AskHeld.class)).hasSize(2);
        assertThat(bench.count(LeaderEvent.REPAIR_KILLED)).isEqualTo(1);
    }
}
