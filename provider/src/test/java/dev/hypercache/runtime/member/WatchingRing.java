package dev.hypercache.runtime.member;

import dev.hypercache.core.message.Message;
import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.Peer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Memberships that reach each other in virtual time; the short id of a member is its place in the list, from 1 on. */
final class WatchingRing {

    static final int STEP_MILLIS = 10;

    private record Sent(int from, int to, Message message) {}

    private final List<Peer> members;
    private final Map<Integer, NodeMembership> nodes = new TreeMap<>();
    private final Set<Integer> cutOff = new HashSet<>();
    private final SplittableRandom random = new SplittableRandom(7);
    private final List<Sent> onTheWay = new ArrayList<>();
    private long nowMillis = 1_000;

    WatchingRing(List<Peer> members) {
        this.members = members;
    }

    /** What a member needs. */
    NodeMembership.Ground ground(Peer member) {
        int self = shortId(member.id());
        return new NodeMembership.Ground(
                self,
                this::shortId,
                (to, message) -> onTheWay.add(new Sent(self, to, message)),
                () -> nowMillis,
                random::nextInt);
    }

    int shortId(NodeId member) {
        for (int at = 0; at < members.size(); at++) {
            if (members.get(at).id().equals(member)) {
                return at + 1;
            }
        }
        return -1;
    }

    void add(Peer member, NodeMembership node) {
        nodes.put(shortId(member.id()), node);
    }

    /** Adds a member that watches all and tells nobody. */
    void addWatching(Peer member, NodeMembership node) {
        add(member, node);
        node.start(advice -> {});
        node.watch(members);
    }

    void cutOff(Peer member, boolean isCut) {
        if (isCut) {
            cutOff.add(shortId(member.id()));
        } else {
            cutOff.remove(shortId(member.id()));
        }
    }

    void run(long millis) {
        for (long end = nowMillis + millis; nowMillis < end; nowMillis += STEP_MILLIS) {
            List<Sent> arriving = List.copyOf(onTheWay);
            onTheWay.clear();
            arriving.forEach(this::arrive);
            nodes.values().forEach(NodeMembership::tick);
        }
    }

    private void arrive(Sent sent) {
        NodeMembership receiver = nodes.get(sent.to());
        if (receiver != null && !cutOff.contains(sent.from()) && !cutOff.contains(sent.to())) {
            receiver.receive(sent.from(), sent.message());
        }
    }
}
