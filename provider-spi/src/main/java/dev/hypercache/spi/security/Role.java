package dev.hypercache.spi.security;

import java.util.Locale;

/** What an authenticated party may ask for (SECURITY R8). What no role is given is denied. */
public enum Role {

    /** A node of the ring: all internal verbs. */
    MEMBER,

    /** A caller without data of its own: reads, writes and removals of entries. */
    CLIENT,

    /** An operator: management that changes something. */
    ADMIN,

    /** A monitor: metrics and health, no key names and no addresses. */
    METRICS;

    /**
     * Returns the role as identities and key files write it.
     *
     * @return the lower-case name
     */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Finds a role by its label.
     *
     * @param label a lower-case name
     * @return the role
     * @throws IllegalArgumentException if there is none
     */
    public static Role ofLabel(String label) {
        for (Role role : values()) {
            if (role.label().equals(label)) {
                return role;
            }
        }
        throw new IllegalArgumentException(
                "Role \"" + label.replaceAll("\\p{Cntrl}", "?") + "\" is none of member, client, admin, metrics.");
    }
}
