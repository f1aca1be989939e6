package dev.hypercache.spi.membership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.spi.Peer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link Membership} must do that finds out who is alive. */
public abstract class DetectingMembershipContract extends MembershipContract {

    private static final Peer FAILING = MEMBERS.get(2);

    /** From now on a member does not answer any more. */
    protected abstract void fail(Peer member);

    /** A member that failed answers again; it was only cut off. */
    protected abstract void recover(Peer member);

    private final ToldAdvice told = new ToldAdvice();

    private Membership watching() {
        Membership membership = membership();
        membership.start(told);
        membership.watch(MEMBERS);
        settle();
        told.forget();
        return membership;
    }

    @Test
    void silentMemberIsDeadForTwoObserversAtLeast() {
        watching();
        fail(FAILING);
        settle();

        MemberAdvice last = told.lastOf(FAILING);
        assertThat(last.health()).isEqualTo(MemberHealth.DEAD);
        assertThat(last.observers()).isGreaterThanOrEqualTo(2);
        assertThat(told.all()).allMatch(advice -> advice.member().equals(FAILING.id()));
    }

    @Test
    void memberIsSuspectBeforeItIsDead() {
        watching();
        fail(FAILING);
        settle();

        assertThat(told.of(FAILING).get(0).health()).isEqualTo(MemberHealth.SUSPECT);
    }

    @Test
    void memberThatComesBackIsAlive() {
        watching();
        fail(FAILING);
        settle();
        recover(FAILING);
        settle();

        assertThat(told.lastOf(FAILING).health()).isEqualTo(MemberHealth.ALIVE);
    }

    @Test
    void nothingIsSaidOfThoseWhoAreGone() {
        Membership membership = watching();
        fail(FAILING);
        settle();
        membership.watch(without(FAILING));
        told.forget();
        settle();
        recover(FAILING);
        settle();

        assertThat(told.of(FAILING)).isEmpty();
    }

    private static List<Peer> without(Peer member) {
        List<Peer> others = new ArrayList<>(MEMBERS);
        others.remove(member);
        return others;
    }

    @Test
    void memberThatIsWatchedAnewIsFoundAnew() {
        Membership membership = watching();
        fail(FAILING);
        settle();
        membership.watch(without(FAILING));
        told.forget();
        membership.watch(MEMBERS);
        settle();

        assertThat(told.lastOf(FAILING).health()).isEqualTo(MemberHealth.DEAD);
    }

    @Test
    void nothingIsSaidOnceItIsClosed() {
        Membership membership = watching();
        membership.close();
        fail(FAILING);
        settle();

        assertThat(told.all()).isEmpty();
    }

    @Test
    void listenerMayChangeWhoIsWatched() {
        Membership membership = membership();
        membership.start(advice -> {
            told.onAdvice(advice);
            membership.watch(without(FAILING));
        });
        membership.watch(MEMBERS);
        fail(FAILING);
        settle();

        assertThat(told.of(FAILING)).hasSize(1);
        assertThat(told.isOverlapped()).isFalse();
    }
}
