package dev.hypercache.spi;

import java.util.Objects;

/**
 * Who a node is: the name it keeps over restarts, and which of its lives this is.
 *
 * <p>Ordered by name, then by incarnation, so that any two nodes agree on the order of a list of nodes.
 *
 * @param name 1 to {@value #NAME_LENGTH_MAX} of the characters {@code A-Z a-z 0-9 . _ - : [ ]}; stable over restarts and
 *     unique in the ring
 * @param incarnation which life of that name
 */
public record NodeId(String name, Incarnation incarnation) implements Comparable<NodeId> {

    /** The most characters in a name. */
    public static final int NAME_LENGTH_MAX = 128;

    /**
     * Checks the name.
     *
     * @throws IllegalArgumentException if the name is empty, too long or has another character
     */
    public NodeId {
        requireName(name);
        Objects.requireNonNull(incarnation, "incarnation");
    }

    /**
     * Names a node that no ring has admitted yet.
     *
     * @param name the node's name
     * @return the name with {@link Incarnation#UNADMITTED}
     * @throws IllegalArgumentException as the constructor
     */
    public static NodeId unadmitted(String name) {
        return new NodeId(name, Incarnation.UNADMITTED);
    }

    @Override
    public int compareTo(NodeId other) {
        int byName = name.compareTo(other.name);
        return byName != 0 ? byName : incarnation.compareTo(other.incarnation);
    }

    /** The form for logs and messages: {@code name#bootId}. */
    @Override
    public String toString() {
        return name + "#" + incarnation;
    }

    private static void requireName(String name) {
        int length = Objects.requireNonNull(name, "name").length();
        boolean legal = length > 0 && length <= NAME_LENGTH_MAX;
        for (int i = 0; legal && i < length; i++) {
            legal = isNameCharacter(name.charAt(i));
        }
        if (!legal) {
            throw new IllegalArgumentException("Node name \"" + printable(name) + "\": a name has 1 to "
                    + NAME_LENGTH_MAX + " characters of A-Z a-z 0-9 . _ - : [ ]. Choose another name.");
        }
    }

    private static boolean isNameCharacter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "._-:[]".indexOf(c) >= 0;
    }

    private static String printable(String name) {
        String start = name.length() > NAME_LENGTH_MAX ? name.substring(0, NAME_LENGTH_MAX) + "..." : name;
        return start.replaceAll("\\p{Cntrl}", "?");
    }
}
