package dev.hypercache.examples.ring;

/** What stands beside each other: a grid and a view of it. */
enum Column {
    /** HyperCache at QUORUM. */
    QUORUM("HyperCache QUORUM", GridKind.HYPERCACHE, View.PRIMARY),
    /** HyperCache at ONE, which only reads. */
    ONE("HyperCache ONE", GridKind.HYPERCACHE, View.NEAREST),
    /** Hazelcast. */
    HAZELCAST("Hazelcast", GridKind.HAZELCAST, View.PRIMARY);

    private final String label;
    private final GridKind grid;
    private final View view;

    Column(String label, GridKind grid, View view) {
        this.label = label;
        this.grid = grid;
        this.view = view;
    }

    String label() {
        return label;
    }

    GridKind grid() {
        return grid;
    }

    View view() {
        return view;
    }
}
