package dev.hypercache.sim;

/** Which kinds of faults happen. */
record FaultKinds(boolean weather, boolean partitions, boolean crashes, boolean switches, boolean lies) {

    static FaultKinds none() {
        return new FaultKinds(false, false, false, false, false);
    }

    static FaultKinds all() {
        return new FaultKinds(true, true, true, true, true);
    }

    /** The kinds that letters stand for: {@code w}eather, {@code p}artitions, {@code c}rashes, {@code s}witches, lies. */
    static FaultKinds of(String letters) {
        return new FaultKinds(
                letters.contains("w"),
                letters.contains("p"),
                letters.contains("c"),
                letters.contains("s"),
                letters.contains("l"));
    }
}
