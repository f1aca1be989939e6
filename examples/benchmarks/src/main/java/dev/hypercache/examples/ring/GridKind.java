package dev.hypercache.examples.ring;

import java.io.File;
import java.util.ArrayList;
import java.util.List;

/** The grids under comparison. */
enum GridKind {
    /** This project. */
    HYPERCACHE("HyperCache", ""),
    /** Hazelcast's open-source edition. */
    HAZELCAST("Hazelcast", "hazelcast.classpath");

    private final String label;
    private final String library;

    GridKind(String label, String library) {
        this.label = label;
        this.library = library;
    }

    String label() {
        return label;
    }

    /** Takes part; other members may be needed before this returns. */
    Grid start(Seat seat) {
        return switch (this) { // No table of constructors: a process has the classes of one grid only.
            case HYPERCACHE -> new HyperCacheGrid(seat);
            case HAZELCAST -> new HazelcastGrid(seat);
        };
    }

    /** The class path of this process with the grid's library, but not with another grid's. */
    String classPath() {
        String common = System.getProperty("java.class.path");
        String own = System.getProperty(library.isEmpty() ? "none" : library, "");
        return own.isEmpty() || common.contains(own) ? common : common + File.pathSeparator + own;
    }

    /** The same heap for all, and what the grid asks for on a JDK with modules. */
    List<String> jvmOptions() {
        List<String> options = new ArrayList<>(List.of("-Xms512m", "-Xmx512m"));
        if (this == HAZELCAST) {
            options.addAll(List.of(
                    "--add-modules=java.se",
                    "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
                    "--add-opens=java.base/java.lang=ALL-UNNAMED",
                    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
                    "--add-opens=java.management/sun.management=ALL-UNNAMED",
                    "--add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED"));
        }
        return options;
    }
}
