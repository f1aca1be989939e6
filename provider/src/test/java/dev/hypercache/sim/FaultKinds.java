package dev.hypercache.sim;

/** Which kinds of faults happen. */
record FaultKinds(
        boolean weather,
        boolean partitions,
        boolean crashes,
        boolean switches,
        boolean lies,
        boolean clocks,
        boolean corruption) {

    static FaultKinds none() {
        return of("");
    }

    static FaultKinds all() {
        return of("wpcsltr");
    }

    /**
     * The kinds that letters stand for: {@code w}eather, {@code p}artitions, {@code c}rashes, {@code s}witches, {@code l}ies,
     * {@code t}ime, co{@code r}ruption.
     */
    static FaultKinds of(String letters) {
        return new FaultKinds(
                letters.contains("w"),
                letters.contains("p"),
                letters.contains("c"),
                letters.contains("s"),
                letters.contains("l"),
                letters.contains("t"),
                letters.contains("r"));
    }
}
