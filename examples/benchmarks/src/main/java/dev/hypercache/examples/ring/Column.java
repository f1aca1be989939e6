package dev.hypercache.examples.ring;

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
    SOCKET("blocking socket", Contender.SOCKET, View.PRIMARY);

    private final String label;
    private final Contender contender;
    private final View view;

    Column(String label, Contender contender, View view) {
        this.label = label;
        this.contender = contender;
        this.view = view;
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
        boolean isSingle = List.of(Operation.GET, Operation.PUT).contains(row.operation());
        return contender.isGrid() ? view.has(row.operation()) : isSingle && row.place() == Place.ANY;
    }
}
