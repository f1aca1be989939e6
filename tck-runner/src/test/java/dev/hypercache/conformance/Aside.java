package dev.hypercache.conformance;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Tasks on threads of their own. The common pool has one thread on a machine of two processors, and since JDK 25 a
 * {@link CompletableFuture} no longer goes round it then: of two tasks that wait for each other the second never begins.
 */
final class Aside {

    private Aside() {}

    static CompletableFuture<Void> run(Runnable task) {
        return CompletableFuture.runAsync(task, Aside::onItsOwnThread);
    }

    static <T> CompletableFuture<T> supply(Supplier<T> task) {
        return CompletableFuture.supplyAsync(task, Aside::onItsOwnThread);
    }

    private static void onItsOwnThread(Runnable task) {
        new Thread(task).start();
    }
}
