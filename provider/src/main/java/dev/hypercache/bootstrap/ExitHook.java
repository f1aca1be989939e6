package dev.hypercache.bootstrap;

import org.jspecify.annotations.Nullable;

/**
 * Does something when the process ends, as SIGTERM makes it, as long as it is installed. Safe for use by any threads.
 */
final class ExitHook {

    private final Runnable work;
    private @Nullable Thread hook;

    ExitHook(Runnable work) {
        this.work = work;
    }

    /** From now on; of no consequence if it is installed, or the process is ending. */
    synchronized void install() {
        if (hook != null) {
            return;
        }
        Thread installed = new Thread(work, "hypercache-leave");
        try {
            Runtime.getRuntime().addShutdownHook(installed);
            hook = installed;
        } catch (IllegalStateException ending) {
            hook = null;
        }
    }

    /** No longer, so that the hook does not keep the application's classes alive. */
    synchronized void remove() {
        Thread installed = hook;
        hook = null;
        if (installed == null) {
            return;
        }
        try {
            boolean unused = Runtime.getRuntime().removeShutdownHook(installed);
        } catch (IllegalStateException ending) {
            // It runs already, and closes what is left.
            hook = installed;
        }
    }
}
