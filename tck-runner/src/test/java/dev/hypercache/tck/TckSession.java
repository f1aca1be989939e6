package dev.hypercache.tck;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/** Has the ring that a run asks for start before any test reads its settings. */
public final class TckSession implements LauncherSessionListener {

    /** Called by {@link java.util.ServiceLoader}. */
    public TckSession() {}

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        TckNodes.prepare();
    }
}
