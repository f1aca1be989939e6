package dev.hypercache.examples.ring;

import java.util.Arrays;
import java.util.List;

/** What stands beside each other: a contender, and of a grid a view. */
enum Column {
    /** HyperCache at QUORUM. */
    QUORUM("HyperCache QUORUM", Contender.HYPERCACHE, View.PRIMARY),
    /** HyperCache at QUORUM over TLS, with certificates at both ends. */
    QUORUM_TLS("HyperCache mTLS", Contender.HYPERCACHE_TLS, View.PRIMARY),
    /** HyperCache at QUORUM with authentic frames. */
    QUORUM_HMAC("HyperCache HMAC", Contender.HYPERCACHE_HMAC, View.PRIMARY),
    /** HyperCache at ONE; it only reads. */
    ONE("HyperCache ONE", Contender.HYPERCACHE, View.NEAREST),
    /** Hazelcast. */
    HAZELCAST("Hazelcast", Contender.HAZELCAST, View.PRIMARY),
    /** Ignite, which reads from primaries. */
    IGNITE("Ignite primary", Contender.IGNITE, View.PRIMARY),
    /** Ignite's reads from backups. */
    IGNITE_BACKUP("Ignite backup", Contender.IGNITE, View.NEAREST),
    /** HTTP by Undertow's client. */
    ECHO("HTTP echo", Contender.ECHO, View.PRIMARY),
    /** HTTP by the JDK's client. */
    ECHO_JDK("HTTP echo, JDK", Contender.ECHO_JDK, View.PRIMARY),
    /** A blocking socket. */
    SOCKET("blocking socket", Contender.SOCKET, View.PRIMARY),
    /** HyperCache at QUORUM, called by a client. */
    CLIENT("HyperCache client", Contender.HYPERCACHE_CLIENT, View.PRIMARY),
    /** The same ring, called by way of one member. */
    PROXIED("HyperCache proxied", Contender.HYPERCACHE_CLIENT, View.PROXIED),
    /** Hazelcast, called by its client. */
    HAZELCAST_CLIENT("Hazelcast client", Contender.HAZELCAST_CLIENT, View.PRIMARY);

    private final String label;
    private final Contender contender;
    private final View view;

    Column(String label, Contender contender, View view) {
        this.label = label;
        this.contender = contender;
        this.view = view;
    }

    /** All but those of clients, which need rings of their own. */
    static List<Column> ofMembers() {
        return Arrays.stream(values())
                .filter(column -> !column.contender.isClient())
                .toList();
    }

    String label() {
        return label;
    }

    Contender contender() {
        return contender;
    }

    View view() {
        return view;
    }

    /** Whether it has a figure in such a row; a bare round trip is beside single reads and writes only. */
    boolean has(Row row) {
        return contender.isGrid() ? view.has(row.operation()) : row.operation().isSingle() && row.place() == Place.ANY;
    }

    /** Whether the process that calls places the keys itself and counts how often it was wrong. */
    boolean countsRedirects() {
        return contender == Contender.HYPERCACHE_CLIENT && view == View.PRIMARY;
    }
}
