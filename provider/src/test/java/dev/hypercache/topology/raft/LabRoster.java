package dev.hypercache.topology.raft;

import dev.hypercache.spi.Incarnation;
import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.Payload;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What a lab's changes add up to: who is a member, and a hash over all changes so far. */
final class LabRoster {

    private final List<NodeId> members = new ArrayList<>();
    private long hash = 7;

    static Payload founding(List<NodeId> members) {
        return Lab.payload(
                "= " + String.join(" ", members.stream().map(NodeId::toString).toList()));
    }

    static LabRoster decode(Payload state) {
        LabRoster roster = new LabRoster();
        String[] words = text(state).split(" ");
        roster.hash = Long.parseLong(words[0]);
        for (int i = 1; i < words.length; i++) {
            roster.members.add(node(words[i]));
        }
        return roster;
    }

    Payload encode() {
        StringBuilder text = new StringBuilder().append(hash);
        members.forEach(member -> text.append(' ').append(member));
        return Lab.payload(text.toString());
    }

    void apply(Payload change) {
        String text = text(change);
        hash = hash * 31 + text.hashCode();
        if (text.startsWith("= ")) {
            for (String word : text.substring(2).split(" ")) {
                members.add(node(word));
            }
        } else if (text.startsWith("+ ")) {
            members.add(node(text.substring(2)));
        } else if (text.startsWith("- ")) {
            members.remove(node(text.substring(2)));
        }
    }

    List<NodeId> members() {
        return List.copyOf(members);
    }

    long hash() {
        return hash;
    }

    private static NodeId node(String text) {
        String[] parts = text.split("#");
        return new NodeId(parts[0], new Incarnation(Long.parseLong(parts[1])));
    }

    static String text(Payload payload) {
        return new String(payload.toBytes(), StandardCharsets.UTF_8);
    }
}
