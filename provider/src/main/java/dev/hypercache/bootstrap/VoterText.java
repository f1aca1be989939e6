package dev.hypercache.bootstrap;

import dev.hypercache.spi.Incarnation;
import dev.hypercache.spi.NodeId;
import java.util.ArrayList;
import java.util.List;

/** Members as text, as an answer to a node that joins names those of the topology log: {@code n1#1 n2#2}. */
final class VoterText {

    private static final String BETWEEN = " ";

    private VoterText() {}

    static String of(List<NodeId> voters) {
        return String.join(BETWEEN, voters.stream().map(NodeId::toString).toList());
    }

    /**
     * Reads them.
     *
     * @throws RingRefusedException if it is no such text
     */
    static List<NodeId> parse(String text) {
        List<NodeId> voters = new ArrayList<>();
        for (String voter : text.isEmpty() ? new String[0] : text.split(BETWEEN)) {
            int mark = voter.lastIndexOf('#');
            try {
                voters.add(new NodeId(
                        voter.substring(0, mark), new Incarnation(Long.parseLong(voter.substring(mark + 1)))));
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                throw new RingRefusedException(
                        "the member that admitted this node names voters of its topology log as \"" + text
                                + "\", which this release cannot read. Give all nodes the same release.");
            }
        }
        return voters;
    }
}
