package dev.hypercache.runtime.member;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.config.ManagerUri;
import dev.hypercache.config.Settings;
import dev.hypercache.config.Sources;
import dev.hypercache.core.message.Confirm;
import dev.hypercache.core.message.Probe;
import dev.hypercache.spi.Peer;
import dev.hypercache.spi.membership.DetectingMembershipContract;
import dev.hypercache.spi.membership.MemberAdvice;
import dev.hypercache.spi.membership.MemberHealth;
import dev.hypercache.spi.membership.Membership;
import dev.hypercache.spi.membership.ToldAdvice;
import dev.hypercache.telemetry.MetricName;
import dev.hypercache.telemetry.NodeLog;
import dev.hypercache.telemetry.NodeMetrics;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** Failure detection as a node runs it, among three others of its kind. */
final class SwimMembershipTest extends DetectingMembershipContract {

    private static final long SETTLED_MILLIS = 30_000;
    private static final Peer OTHER = MEMBERS.get(1);

    private final WatchingRing ring = new WatchingRing(MEMBERS);
    private final NodeMetrics metrics = NodeMetrics.create(settings(new Properties()));

    static Settings settings(Properties properties) {
        return Settings.load(ManagerUri.of(null), properties, Sources.none());
    }

    private static NodeMembership node(WatchingRing ring, Peer member, NodeMetrics metrics) {
        return NodeMemberships.create(
                settings(new Properties()),
                ring.ground(member),
                metrics.node(),
                NodeLog.of(SwimMembershipTest.class, member.id().name()));
    }

    @Override
    protected NodeMembership create() {
        NodeMembership membership = node(ring, MEMBERS.get(0), metrics);
        ring.add(MEMBERS.get(0), membership);
        for (Peer other : MEMBERS.subList(1, MEMBERS.size())) {
            ring.addWatching(other, node(ring, other, NodeMetrics.create(settings(new Properties()))));
        }
        return membership;
    }

    @Override
    protected void settle() {
        ring.run(SETTLED_MILLIS);
    }

    @Override
    protected void fail(Peer member) {
        ring.cutOff(member, true);
    }

    @Override
    protected void recover(Peer member) {
        ring.cutOff(member, false);
    }

    private long read(MetricName name) {
        return metrics.node().read(name);
    }

    @Test
    void metricsFollowAMemberThatDiesAndComesBack() {
        Membership membership = membership();
        membership.start(new ToldAdvice());
        membership.watch(MEMBERS);
        settle();
        assertThat(read(MetricName.MEMBER_ALIVE)).isEqualTo(3);
        assertThat(read(MetricName.MEMBER_VERSION)).isEqualTo(1);
        assertThat(read(MetricName.HEARTBEAT_SUCCESSES)).isPositive();
        assertThat(read(MetricName.HEARTBEAT_FAILURES)).isZero();

        fail(OTHER);
        settle();
        assertThat(read(MetricName.MEMBER_SUSPICIONS)).isEqualTo(1);
        assertThat(read(MetricName.MEMBER_DEATHS)).isEqualTo(1);
        assertThat(read(MetricName.MEMBER_ALIVE)).isEqualTo(2);
        assertThat(read(MetricName.MEMBER_SUSPECT)).isZero();
        assertThat(read(MetricName.MEMBER_VERSION)).isEqualTo(3);
        assertThat(read(MetricName.HEARTBEAT_FAILURES)).isPositive();

        recover(OTHER);
        settle();
        assertThat(read(MetricName.MEMBER_REVIVED)).isEqualTo(1);
        assertThat(read(MetricName.MEMBER_CLEARED)).isZero();
        assertThat(read(MetricName.MEMBER_ALIVE)).isEqualTo(3);
        assertThat(read(MetricName.MEMBER_VERSION)).isEqualTo(4);
        assertThat(read(MetricName.HEARTBEAT_SLOWNESS)).isZero();
    }

    @Test
    void brokenConnectionIsASuspicionAtOnce() {
        NodeMembership membership = (NodeMembership) membership();
        ToldAdvice told = new ToldAdvice();
        membership.start(told);
        membership.watch(MEMBERS);
        membership.lost(ring.shortId(OTHER.id()));

        assertThat(told.all()).containsExactly(new MemberAdvice(OTHER.id(), MemberHealth.SUSPECT, 1));
        settle();
        assertThat(told.lastOf(OTHER).health()).isEqualTo(MemberHealth.ALIVE);
        assertThat(read(MetricName.MEMBER_CLEARED)).isEqualTo(1);
    }

    @Test
    void anyFrameAnswersAProbe() {
        WatchingRing pair = new WatchingRing(MEMBERS);
        NodeMembership membership = node(pair, MEMBERS.get(0), metrics);
        pair.add(MEMBERS.get(0), membership);
        ToldAdvice told = new ToldAdvice();
        membership.start(told);
        membership.watch(MEMBERS.subList(0, 2));
        for (int i = 0; i < 300; i++) {
            pair.run(100);
            membership.heard(pair.shortId(OTHER.id()));
            membership.heard(-1);
            membership.heard(4_095);
        }
        assertThat(told.all()).isEmpty();
        assertThat(read(MetricName.HEARTBEAT_FAILURES)).isZero();

        pair.run(SETTLED_MILLIS);
        assertThat(told.lastOf(OTHER).health()).isEqualTo(MemberHealth.DEAD);
        membership.close();
    }

    @Test
    void messagesAboutSlotsAreLeftToOthers() {
        NodeMembership membership = (NodeMembership) membership();

        assertThat(membership.receive(2, new Confirm(1, 2, 3, 0, 4))).isFalse();
        assertThat(membership.receive(2, new Probe(1, 0, List.of()))).isTrue();
    }

    @Test
    void listenerThatThrowsDoesNotStopTheWatch() {
        Membership membership = membership();
        ToldAdvice told = new ToldAdvice();
        membership.start(advice -> {
            told.onAdvice(advice);
            throw new IllegalStateException("a listener that breaks its word");
        });
        membership.watch(MEMBERS);
        fail(OTHER);
        settle();

        assertThat(told.lastOf(OTHER).health()).isEqualTo(MemberHealth.DEAD);
    }

    @Test
    void listenerMayCloseIt() {
        Membership membership = membership();
        ToldAdvice told = new ToldAdvice();
        membership.start(advice -> {
            told.onAdvice(advice);
            membership.close();
        });
        membership.watch(MEMBERS);
        fail(OTHER);
        settle();

        assertThat(told.all()).hasSize(1);
    }
}
