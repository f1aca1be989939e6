package dev.hypercache.sim;

/**
 * How soon nodes notice that another is gone.
 *
 * @param silenceMillis how long it must be silent at least
 * @param spreadMillis by how much more that varies between nodes
 * @param resets whether connections to a process that ended break at once, as an operating system sees to
 */
record Detector(long silenceMillis, int spreadMillis, boolean resets) {

    /** Within 0.4 to 0.75 s of silence. */
    static final Detector USUAL = new Detector(400, 300, false);

    /** Within one second of silence. */
    static final Detector SLOW = new Detector(700, 250, false);

    /** The same, and at once if a process ends. */
    static final Detector RESETS = new Detector(700, 250, true);

    /** How long a pair of nodes takes, once they have lost contact. */
    long millis(SimNode other, Chance chance) {
        return resets && !other.isUp() ? chance.below(50) : silenceMillis + chance.below(spreadMillis);
    }
}
