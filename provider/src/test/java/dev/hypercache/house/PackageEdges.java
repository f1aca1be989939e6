package dev.hypercache.house;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who may use whom: one row per package, the packages it may import behind it.
 *
 * <p>A row covers its sub-packages unless they have a row of their own, and a package may always use itself. Names are
 * relative to {@code dev.hypercache}. {@code docs/ARCHITECTURE.md} draws the same table; an edge beyond the drawing
 * needs a line in {@code docs/adr/0002-package-edges.md}.
 */
final class PackageEdges {

    /** Row of the assembler: it may use every package, and no package may use it. */
    static final String ASSEMBLER = "bootstrap";

    private static final String EVERYTHING = "*";

    private static final String BELOW_MESSAGE = "core.op core.record core.ring spi";

    private static final String MESSAGE_AND_BELOW = "core.message " + BELOW_MESSAGE;

    private static final String MACHINES =
            "core.coordinate core.feed core.replica core.lead core.leaderless core.repair core.move core.hint core.member core.control core.reform";

    private static final String[][] TABLE = {
        {"spi", ""},
        {"security", "spi"},

        // The protocol: each row may use what stands further down.
        {"core.ring", "spi"},
        {"core.record", "core.ring spi"},
        {"core.op", "core.record core.ring spi"},
        {"core.message", BELOW_MESSAGE},
        {"core.replica", MESSAGE_AND_BELOW},
        {"core.lead", "core.replica core.hint core.move " + MESSAGE_AND_BELOW},
        {"core.leaderless", "core.replica core.hint core.move " + MESSAGE_AND_BELOW},
        {"core.coordinate", MESSAGE_AND_BELOW},
        {"core.feed", MESSAGE_AND_BELOW},
        {"core.repair", MESSAGE_AND_BELOW},
        {"core.move", MESSAGE_AND_BELOW},
        {"core.hint", MESSAGE_AND_BELOW},
        {"core.member", MESSAGE_AND_BELOW},
        {"core.control", MESSAGE_AND_BELOW},
        {"core.form", "core.control core.ring spi"},
        {"core.reform", "core.control " + MESSAGE_AND_BELOW},
        {"core.node", MACHINES + " " + MESSAGE_AND_BELOW},

        // What performs the protocol's decisions; runtime.call belongs to runtime.
        {
            "runtime",
            "core.node core.lead core.replica core.op core.record core.ring transport.frame config telemetry spi"
        },
        {
            "runtime.ring",
            "runtime runtime.member transport.frame config telemetry core.node core.form " + MACHINES + " "
                    + MESSAGE_AND_BELOW
        },
        {"runtime.member", "core.member core.message config telemetry spi"},

        // Adapters.
        {"config", "spi"},
        {"storage", "config spi"},
        {"codec", "config spi"},
        {"discovery", "config spi"},
        {"telemetry", "config spi"},
        {"transport.frame", MESSAGE_AND_BELOW},
        {"transport.auth", "spi"},
        {"transport.http", "transport.auth spi.security"},
        {"transport.undertow", "transport.http transport.auth spi"},
        {"transport.local", "spi"},
        {"transport.fault", "spi"},
        {"topology.local", "spi"},
        {"topology.raft", "spi"},
        {"http", "runtime.call telemetry transport.http transport.auth"},
        {"management", "runtime telemetry transport.http transport.auth spi.security"},

        // The JSR-107 face: one concern per package below jcache.
        {"jcache", "runtime codec config telemetry core.op core.record core.ring spi"},
        {ASSEMBLER, EVERYTHING},
    };

    private final Map<String, Set<String>> allowedByRow = new LinkedHashMap<>();

    PackageEdges() {
        for (String[] row : TABLE) {
            Set<String> allowed = new TreeSet<>(Set.of(row[1].split(" ")));
            allowed.remove("");
            allowedByRow.put(row[0], allowed);
        }
        for (Set<String> allowed : allowedByRow.values()) {
            for (String target : allowed) {
                if (!target.equals(EVERYTHING) && rowOf(target).isEmpty()) {
                    throw new IllegalStateException("the table allows a package without a row: " + target);
                }
            }
        }
    }

    Set<String> rows() {
        return allowedByRow.keySet();
    }

    /** The row that governs a package: its own, or that of the nearest package above it. */
    Optional<String> rowOf(String packageName) {
        String name = packageName;
        while (!allowedByRow.containsKey(name)) {
            int dot = name.lastIndexOf('.');
            if (dot < 0) {
                return Optional.empty();
            }
            name = name.substring(0, dot);
        }
        return Optional.of(name);
    }

    /** Whether a class of package {@code from} may use one of package {@code to}; a package without a row may nothing. */
    boolean allows(String from, String to) {
        Optional<String> fromRow = rowOf(from);
        Optional<String> toRow = rowOf(to);
        if (fromRow.isEmpty() || toRow.isEmpty()) {
            return false;
        }
        if (fromRow.equals(toRow)) {
            return true;
        }
        if (toRow.get().equals(ASSEMBLER)) {
            return false;
        }
        Set<String> allowed = allowedByRow.get(fromRow.get());
        return allowed.contains(EVERYTHING)
                || allowed.stream().anyMatch(target -> to.equals(target) || to.startsWith(target + "."));
    }
}
