package dev.hypercache.spi.membership;

import dev.hypercache.spi.Peer;
import java.util.LinkedHashMap;
import java.util.Map;

final class StatedMembershipTest extends DetectingMembershipContract {

    private static final int OBSERVERS = 3;

    private final StatedMembership membership =
            new StatedMembership(MEMBERS.get(0).id());
    private final Map<Peer, Boolean> failed = new LinkedHashMap<>();

    @Override
    protected Membership create() {
        return membership;
    }

    @Override
    protected void fail(Peer member) {
        failed.put(member, true);
    }

    @Override
    protected void recover(Peer member) {
        failed.put(member, false);
    }

    @Override
    protected void settle() {
        failed.forEach((member, isFailed) -> {
            if (isFailed) {
                membership.state(member.id(), MemberHealth.SUSPECT, 1);
                membership.state(member.id(), MemberHealth.DEAD, OBSERVERS);
            } else {
                membership.state(member.id(), MemberHealth.ALIVE, 1);
            }
        });
    }
}
