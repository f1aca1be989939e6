package dev.hypercache.examples.benchmarks;

/**
 * What is measured for every provider in turn.
 *
 * @param operation the name of a method of {@link CacheOperations}
 * @param storage by value or by reference
 * @param threads how many threads call the operation at once
 */
record Row(String operation, Storage storage, int threads) {}
