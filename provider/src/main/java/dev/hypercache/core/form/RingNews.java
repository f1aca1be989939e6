package dev.hypercache.core.form;

import dev.hypercache.core.control.NodeProfile;
import dev.hypercache.spi.Address;
import dev.hypercache.spi.Payload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a node that is in no ring has heard of one: members, and when. It fades, so that nobody waits for a ring that is gone. */
final class RingNews {

    private static final int MEMBERS_MAX = 1_000;

    private final long memoryMillis;
    private final Map<Address, Long> members = new LinkedHashMap<>();

    RingNews(long memoryMillis) {
        this.memoryMillis = memoryMillis;
    }

    void heardOf(Address member, long nowMillis) {
        if (members.size() < MEMBERS_MAX || members.containsKey(member)) {
            members.put(member, nowMillis);
        }
    }

    void heardOf(Payload founding, long nowMillis) {
        for (NodeProfile founder : Foundings.read(founding).founders()) {
            heardOf(founder.address(), nowMillis);
        }
    }

    void forget(Address nonMember) {
        members.remove(nonMember);
    }

    /** The members that were heard of lately; none if there is no ring, as far as this node knows. */
    List<Address> members(long nowMillis) {
        members.values().removeIf(heard -> nowMillis - heard > memoryMillis);
        return new ArrayList<>(members.keySet());
    }
}
