package dev.hypercache.core.control;

import dev.hypercache.core.ring.SlotSpace;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How large the agreed state may become. Every member holds all of it, and a newcomer is sent it in one piece.
 *
 * <p>A command beyond a limit is refused, by its constructor or, where it depends on the state, when it is applied.
 */
public final class ControlLimits {

    /** The most members of a ring. */
    public static final int MEMBERS_MAX = 1_024;

    /** The most replicas of a slot. */
    public static final int REPLICATION_FACTOR_MAX = 7;

    /** The most learners that steps may give a slot; admissions under a known name may add as many as it has electors. */
    public static final int LEARNERS_MAX = 16;

    /** The most nodes that found a ring together. */
    public static final int FOUNDERS_MAX = 64;

    /** The most slot steps in one command. */
    public static final int STEPS_MAX = 2 * SlotSpace.SLOTS_MAX;

    /** The most caches of a ring. */
    public static final int CACHES_MAX = 4_096;

    /** The most bytes that the definitions of all caches may take. */
    public static final int CACHES_BYTES_MAX = 8 << 20;

    /** The most bytes of one cache's opaque configuration. */
    public static final int CONFIGURATION_BYTES_MAX = 256 << 10;

    /** The most characters of a cache's name or an attribute's value. */
    public static final int TEXT_LENGTH_MAX = 1_024;

    /** The most characters of a zone or an attribute's key. */
    public static final int LABEL_LENGTH_MAX = 128;

    /** The most attributes of a ring or of a cache. */
    public static final int ATTRIBUTES_MAX = 64;

    /** The most bytes of an encoded change: what a topology log takes. */
    public static final int CHANGE_BYTES_MAX = 1 << 20;

    /** The most bytes of an encoded state; the limits above keep it below. */
    public static final int STATE_BYTES_MAX = 16 << 20;

    private ControlLimits() {}

    static void checkRange(String what, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(what + " is " + value + ": it must be " + min + " to " + max + ".");
        }
    }

    static void checkLength(String what, String text, int min, int max) {
        if (text.length() < min || text.length() > max) {
            throw new IllegalArgumentException(
                    what + " has " + text.length() + " characters: it must have " + min + " to " + max + ".");
        }
    }

    /** An unmodifiable copy of attributes within the limits. */
    static SortedMap<String, String> checkedCopy(Map<String, String> attributes) {
        checkRange("number of attributes", attributes.size(), 0, ATTRIBUTES_MAX);
        attributes.forEach((key, value) -> {
            checkLength("attribute's key", key, 1, LABEL_LENGTH_MAX);
            checkLength("attribute " + key, value, 0, TEXT_LENGTH_MAX);
        });
        return Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
    }
}
