package dev.hypercache.runtime.member;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.core.message.Confirm;
import dev.hypercache.spi.Peer;
import dev.hypercache.spi.membership.MemberHealth;
import dev.hypercache.spi.membership.Membership;
import dev.hypercache.spi.membership.MembershipContract;
import dev.hypercache.spi.membership.ToldAdvice;
import dev.hypercache.telemetry.NodeLog;
import dev.hypercache.telemetry.NodeMetrics;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** A node that watches nobody, since gossip is off. */
final class FixedMembershipTest extends MembershipContract {

    private static final Peer SELF = MEMBERS.get(0);
    private static final Peer OTHER = MEMBERS.get(1);

    private final WatchingRing ring = new WatchingRing(MEMBERS);

    private NodeMembership node(Peer member, String gossip) {
        Properties properties = new Properties();
        properties.setProperty("hypercache.gossip.enabled", gossip);
        return NodeMemberships.create(
                SwimMembershipTest.settings(properties),
                ring.ground(member),
                NodeMetrics.create(SwimMembershipTest.settings(properties)).node(),
                NodeLog.of(FixedMembershipTest.class, member.id().name()));
    }

    @Override
    protected Membership create() {
        NodeMembership membership = node(SELF, "off");
        assertThat(membership).isInstanceOf(FixedMembership.class);
        ring.add(SELF, membership);
        return membership;
    }

    @Override
    protected void settle() {
        ring.run(30_000);
    }

    @Test
    void everybodyIsAliveWhateverHappens() {
        NodeMembership membership = (NodeMembership) membership();
        ToldAdvice told = new ToldAdvice();
        membership.start(told);
        membership.watch(MEMBERS);
        membership.lost(2);
        membership.heard(3);
        settle();

        assertThat(told.all()).isEmpty();
        assertThat(membership.receive(2, new Confirm(1, 2, 3, 0, 4))).isFalse();
    }

    @Test
    void othersWhoWatchFindItAlive() {
        NodeMembership membership = (NodeMembership) membership();
        membership.start(new ToldAdvice());
        membership.watch(MEMBERS);
        NodeMembership watching = node(OTHER, "on");
        ToldAdvice told = new ToldAdvice();
        ring.add(OTHER, watching);
        watching.start(told);
        watching.watch(MEMBERS.subList(0, 2));
        settle();
        assertThat(told.all()).isEmpty();

        watching.lost(ring.shortId(SELF.id()));
        settle();
        assertThat(told.of(SELF))
                .extracting(advice -> advice.health())
                .containsExactly(MemberHealth.SUSPECT, MemberHealth.ALIVE);
        watching.close();
    }

    @Test
    void closedOneAnswersNobody() {
        NodeMembership membership = (NodeMembership) membership();
        membership.start(new ToldAdvice());
        membership.close();
        NodeMembership watching = node(OTHER, "on");
        ToldAdvice told = new ToldAdvice();
        ring.add(OTHER, watching);
        watching.start(told);
        watching.watch(MEMBERS.subList(0, 2));
        settle();

        assertThat(told.lastOf(SELF).health()).isEqualTo(MemberHealth.DEAD);
        watching.close();
    }
}
