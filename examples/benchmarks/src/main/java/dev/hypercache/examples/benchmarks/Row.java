package dev.hypercache.examples.benchmarks;

/**
 * What is measured for every provider in turn.
 *
 * @param operation the name of a method of {@link CacheOperations}
 * @param storage by value or by reference
 * @param threads how many threads call the operation at once
 */
record Row(String operation, Storage storage, int threads) {
    static final String COMPARE_AND_REPLACE = "replaceIfEqual";

    /** Whether the row depends on how a provider compares two copies of an array. */
    boolean comparesCopies() {
        return storage == Storage.VALUE && operation.equals(COMPARE_AND_REPLACE);
    }
}
