package dev.hypercache.examples.ring;

import dev.hypercache.examples.proofs.Proof;
import dev.hypercache.examples.proofs.ProofFolder;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What takes turns: the grids, and what a bare round trip to another process costs. */
enum Contender {
    /** This project. */
    HYPERCACHE("hypercache", ""),
    /** This project, whose members show each other certificates over TLS. */
    HYPERCACHE_TLS("hypercache", ""),
    /** This project, whose members share a key. */
    HYPERCACHE_HMAC("hypercache", ""),
    /** This project, called by a process that is no member. */
    HYPERCACHE_CLIENT("hypercache", ""),
    /** Hazelcast's open-source edition. */
    HAZELCAST("hazelcast", ""),
    /** Hazelcast, called by a process that is no member. */
    HAZELCAST_CLIENT("hazelcast", ""),
    /** Ignite 2. */
    IGNITE("ignite", ""),
    /** An HTTP echo on Undertow, asked by Undertow's client. */
    ECHO("", "http"),
    /** The same echo, asked by the JDK's client. */
    ECHO_JDK("", "http-jdk"),
    /** A blocking socket. */
    SOCKET("", "floor");

    private final String library;
    private final String wire;

    Contender(String library, String wire) {
        this.library = library;
        this.wire = wire;
    }

    boolean isGrid() {
        return wire.isEmpty();
    }

    /** Whether the process that calls is beside the members instead of one of them. */
    boolean isClient() {
        return this == HYPERCACHE_CLIENT || this == HAZELCAST_CLIENT;
    }

    /** The name of the way to ask another process. */
    String wire() {
        return wire;
    }

    /** Becomes a member; others may be needed before this returns. */
    Grid start(Seat seat) {
        return switch (this) { // No table of constructors: a process has the classes of one grid only.
            case HYPERCACHE -> HyperCacheGrid.member(seat, Proof.NONE);
            case HYPERCACHE_TLS -> HyperCacheGrid.member(seat, Proof.CERTIFICATES);
            case HYPERCACHE_HMAC -> HyperCacheGrid.member(seat, Proof.KEYS);
            case HYPERCACHE_CLIENT -> HyperCacheClientGrid.member(seat);
            case HAZELCAST, HAZELCAST_CLIENT -> new HazelcastGrid(seat);
            case IGNITE -> new IgniteGrid(seat);
            default -> throw new IllegalArgumentException(this + " is no grid");
        };
    }

    /** Becomes a client of the members, which are there. */
    Grid connect(Seat first) {
        return switch (this) {
            case HYPERCACHE_CLIENT -> new HyperCacheClientGrid(first);
            case HAZELCAST_CLIENT -> new HazelcastClientGrid(first);
            default -> throw new IllegalArgumentException(this + " has no clients");
        };
    }

    /** The class path of this process with this library, but not with another one's. */
    String classPath() {
        String common = System.getProperty("java.class.path");
        String own = System.getProperty(library + ".classpath", "");
        return own.isEmpty() || common.contains(own) ? common : common + File.pathSeparator + own;
    }

    /** The same heap for all, and what the library asks for on a JDK with modules. */
    List<String> jvmOptions() {
        List<String> options = new ArrayList<>(List.of("-Xms512m", "-Xmx512m"));
        Stream.of("hazelcast", "ignite")
                .map(name -> name + ".classpath")
                .forEach(name -> options.add("-D" + name + "=" + System.getProperty(name, "")));
        options.add(ProofFolder.given().jvmOption());
        options.addAll(ModuleOptions.of(this));
        return options;
    }
}
