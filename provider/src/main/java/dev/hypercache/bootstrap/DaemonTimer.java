package dev.hypercache.bootstrap;

import java.util.concurrent.ScheduledThreadPoolExecutor;

/** Timers of a node: each has one thread, which does not keep the process alive. */
final class DaemonTimer {

    private DaemonTimer() {}

    /** A timer whose thread has a name. */
    static ScheduledThreadPoolExecutor named(String thread) {
        return new ScheduledThreadPoolExecutor(1, task -> {
            Thread made = new Thread(task, thread);
            made.setDaemon(true);
            return made;
        });
    }
}
