package dev.hypercache.spi.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.hypercache.spi.Address;
import dev.hypercache.spi.Incarnation;
import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.Peer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Membership} must do, whether it finds out who is alive or believes that everybody is. One that finds
 * out extends {@link DetectingMembershipContract}.
 */
public abstract class MembershipContract {

    /** The members of a ring; the first is the one whose membership is tested. */
    protected static final List<Peer> MEMBERS = List.of(peer("one"), peer("two"), peer("three"), peer("four"));

    private final List<Membership> made = new ArrayList<>();

    private static Peer peer(String name) {
        return new Peer(new NodeId(name, new Incarnation(1)), new Address(name, 7400));
    }

    /** The membership of the first of {@link #MEMBERS}, not started. All members are well. Called once in a test. */
    protected abstract Membership create();

    /** Lets as much time pass as it takes to find out whatever there is to find. */
    protected abstract void settle();

    /** The one under test. */
    protected final Membership membership() {
        Membership membership = create();
        made.add(membership);
        return membership;
    }

    @AfterEach
    final void closeAll() {
        made.forEach(Membership::close);
    }

    @Test
    void isStartedOnce() {
        Membership membership = membership();
        membership.start(new ToldAdvice());

        assertThatIllegalStateException().isThrownBy(() -> membership.start(new ToldAdvice()));
    }

    @Test
    void isNotStartedAfterItWasClosed() {
        Membership membership = membership();
        membership.close();

        assertThatIllegalStateException().isThrownBy(() -> membership.start(new ToldAdvice()));
    }

    @Test
    void watchesNobodyBeforeItIsStarted() {
        Membership membership = membership();

        assertThatIllegalStateException().isThrownBy(() -> membership.watch(MEMBERS));
    }

    @Test
    void nobodyWhoIsWellIsAccused() {
        Membership membership = membership();
        ToldAdvice told = new ToldAdvice();
        membership.start(told);
        membership.watch(MEMBERS);
        settle();

        assertThat(told.all()).allMatch(advice -> advice.health() == MemberHealth.ALIVE);
    }

    @Test
    void nodeItselfIsNotWatched() {
        Membership membership = membership();
        ToldAdvice told = new ToldAdvice();
        membership.start(told);
        membership.watch(MEMBERS);
        settle();
        membership.watch(MEMBERS.subList(0, 1));
        settle();

        assertThat(told.of(MEMBERS.get(0))).isEmpty();
    }

    @Test
    void ringOfNobodyAndRingsThatChangeAreWatched() {
        Membership membership = membership();
        ToldAdvice told = new ToldAdvice();
        membership.start(told);
        membership.watch(List.of());
        settle();
        membership.watch(MEMBERS.subList(1, 3));
        settle();
        membership.watch(MEMBERS);
        settle();

        assertThat(told.all()).allMatch(advice -> advice.health() == MemberHealth.ALIVE);
    }

    @Test
    void isClosedAsOftenAsOneLikes() {
        Membership membership = membership();
        ToldAdvice told = new ToldAdvice();
        membership.start(told);
        membership.watch(MEMBERS);
        membership.close();
        membership.close();
        told.forget();
        settle();

        assertThat(told.all()).isEmpty();
    }
}
