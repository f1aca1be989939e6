package dev.hypercache.spi.membership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.spi.Address;
import dev.hypercache.spi.Peer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EndpointMembershipTest extends DetectingMembershipContract {

    private final List<Address> ready =
            new ArrayList<>(MEMBERS.stream().map(Peer::address).toList());
    private boolean reachable = true;
    private final EndpointMembership membership =
            new EndpointMembership(MEMBERS.get(0).id(), () -> {
                if (!reachable) {
                    throw new IllegalStateException("the platform does not answer");
                }
                return ready;
            });

    @Override
    protected Membership create() {
        return membership;
    }

    @Override
    protected void fail(Peer member) {
        ready.remove(member.address());
    }

    @Override
    protected void recover(Peer member) {
        ready.add(member.address());
    }

    @Override
    protected void settle() {
        for (int polls = 0; polls < 3; polls++) {
            membership.poll();
        }
    }

    @Test
    void memberThatIsMissingOnceIsSuspectOnly() {
        ToldAdvice told = new ToldAdvice();
        Membership watching = membership();
        watching.start(told);
        watching.watch(MEMBERS);
        fail(MEMBERS.get(1));
        membership.poll();
        recover(MEMBERS.get(1));
        membership.poll();

        assertThat(told.of(MEMBERS.get(1)))
                .extracting(MemberAdvice::health)
                .containsExactly(MemberHealth.SUSPECT, MemberHealth.ALIVE);
    }

    @Test
    void listThatCannotBeHadSaysNothing() {
        ToldAdvice told = new ToldAdvice();
        Membership watching = membership();
        watching.start(told);
        watching.watch(MEMBERS);
        reachable = false;
        settle();

        assertThat(told.all()).isEmpty();
    }
}
