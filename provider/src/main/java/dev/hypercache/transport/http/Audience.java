package dev.hypercache.transport.http;

import dev.hypercache.spi.security.Role;
import java.util.Set;

/** The sets of roles that routes are for (SECURITY R8). */
public final class Audience {

    /** The nodes of the ring alone. */
    public static final Set<Role> MEMBERS = Set.of(Role.MEMBER);

    /** Those who read and write entries: nodes, and callers without data of their own. */
    public static final Set<Role> CALLERS = Set.of(Role.MEMBER, Role.CLIENT);

    /** Operators, who change something. */
    public static final Set<Role> ADMINS = Set.of(Role.ADMIN);

    /** Those who may see how keys and certificates stand: operators, and nodes that ask for one. */
    public static final Set<Role> OPERATORS = Set.of(Role.MEMBER, Role.ADMIN);

    /** Those who may see figures. */
    public static final Set<Role> WATCHERS = Set.of(Role.MEMBER, Role.ADMIN, Role.METRICS);

    /** Everybody who is known. */
    public static final Set<Role> ALL = Set.of(Role.values());

    private Audience() {}
}
