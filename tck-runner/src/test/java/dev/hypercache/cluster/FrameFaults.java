package dev.hypercache.cluster;

import dev.hypercache.spi.transport.TransportFactory;
import dev.hypercache.transport.fault.Delay;
import dev.hypercache.transport.fault.FaultCounts;
import dev.hypercache.transport.fault.FaultPlan;
import dev.hypercache.transport.fault.Faults;
import dev.hypercache.transport.fault.LinkFaults;
import java.time.Duration;

/**
 * What happens to the frames that this process sends, as the system property {@value #SETTING} says: {@code none}, or {@code
 * lossy} for one frame of twenty that is lost and 5 ± 5 ms that each of the others takes.
 */
public final class FrameFaults {

    /** Says which. */
    public static final String SETTING = "test.frame.faults";

    private static final double LOSS = 0.05;
    private static final Delay DELAY = new Delay(Duration.ZERO, Duration.ofMillis(5), Duration.ofMillis(10));

    private final Faults faults;
    private final String name;

    private FrameFaults(LinkFaults everywhere, String name) {
        this.faults = Faults.of(FaultPlan.seeded(ProcessHandle.current().pid())
                .everywhere(everywhere)
                .build());
        this.name = name;
    }

    /** Those that this process is told to have. */
    public static FrameFaults ofRun() {
        String kind = System.getProperty(SETTING, "none");
        return switch (kind) {
            case "none" -> new FrameFaults(LinkFaults.NONE, kind);
            case "lossy" -> new FrameFaults(LinkFaults.NONE.dropping(LOSS).delaying(DELAY), kind);
            default ->
                throw new IllegalArgumentException(
                        SETTING + " is " + kind + "; it is none or lossy. Leave it out for none.");
        };
    }

    /** Puts them around transports; nothing around them if there are none. */
    public TransportFactory around(TransportFactory transports) {
        return isNone() ? transports : faults.around(transports);
    }

    /** Whether frames arrive as they were sent. */
    public boolean isNone() {
        return name.equals("none");
    }

    /** The value of {@value #SETTING} that asks for them. */
    public String name() {
        return name;
    }

    /** What they did to the frames of this process. */
    public FaultCounts counts() {
        return faults.counts();
    }
}
