package dev.hypercache.core.control;

import dev.hypercache.core.ring.MemberSet;
import dev.hypercache.spi.Payload;
import java.util.Objects;
import java.util.SortedMap;

/**
 * A cache that exists on the ring.
 *
 * @param id what records and messages call it; 1 or more, never used for another cache
 * @param name what applications call it
 * @param attributes what members must know of it, such as its write level; opaque here
 * @param configuration what its users must share, encoded by them; opaque here
 * @param users the members that have it open, by their short ids; a definition without any may be replaced
 */
public record CacheDefinition(
        int id, String name, SortedMap<String, String> attributes, Payload configuration, MemberSet users) {

    /** A short id has 12 bits. */
    private static final int USER_BYTES_MAX = 2;

    /**
     * Checks the ranges and keeps a copy.
     *
     * @throws IllegalArgumentException if a part is too long
     */
    public CacheDefinition {
        ControlLimits.checkRange("cache id", id, 1, Integer.MAX_VALUE);
        ControlLimits.checkLength("name of a cache", name, 1, ControlLimits.TEXT_LENGTH_MAX);
        attributes = ControlLimits.checkedCopy(attributes);
        Objects.requireNonNull(configuration, "configuration");
        ControlLimits.checkRange(
                "configuration of cache " + name + " in bytes",
                configuration.length(),
                0,
                ControlLimits.CONFIGURATION_BYTES_MAX);
        ControlLimits.checkRange("number of users of cache " + name, users.size(), 0, ControlLimits.MEMBERS_MAX);
    }

    /** A definition that nobody uses yet. */
    public CacheDefinition(int id, String name, SortedMap<String, String> attributes, Payload configuration) {
        this(id, name, attributes, configuration, MemberSet.EMPTY);
    }

    CacheDefinition usedBy(MemberSet others) {
        return new CacheDefinition(id, name, attributes, configuration, others);
    }

    /** At most how many bytes the definition takes when encoded. */
    int bytesAtMost() {
        int characters = name.length();
        for (var attribute : attributes.entrySet()) {
            characters += attribute.getKey().length() + attribute.getValue().length();
        }
        int framing = 16 + 4 * attributes.size();
        return 3 * characters + framing + configuration.length() + USER_BYTES_MAX * users.size();
    }
}
