package dev.hypercache.management;

/** Reads certificates, keys and tokens of the node anew. Called by any thread; waits for the disk. */
@FunctionalInterface
public interface Reloading {

    /**
     * Reads all files anew, now. Either all of them count from then on, or none.
     *
     * @param cause who or what asked, for the audit log
     * @param force whether keys that are listed no more are removed though others use them
     * @return what changed, or why nothing did
     */
    ReloadReport reload(String cause, boolean force);
}
