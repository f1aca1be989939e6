package dev.hypercache.tck;

import dev.hypercache.bootstrap.NodeAssembler;
import dev.hypercache.cluster.FrameFaults;
import dev.hypercache.cluster.MemberProcesses;
import dev.hypercache.config.ManagerUri;
import dev.hypercache.config.Settings;
import dev.hypercache.config.Sources;
import dev.hypercache.runtime.call.Abandonment;
import dev.hypercache.runtime.call.NodeFactory;
import dev.hypercache.runtime.call.RingNode;
import dev.hypercache.spi.security.Role;
import dev.hypercache.telemetry.MetricName;
import dev.hypercache.telemetry.MetricSet;
import dev.hypercache.telemetry.NodeMetrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A ring of processes that this JVM, which runs the TCK, uses by its system properties alone: as a client, or as a member that
 * joins with its first manager and leaves with its last one, again and again. The processes end with the JVM.
 */
final class TckProcesses implements NodeFactory {

    /** Says how many members the ring has. */
    static final String MEMBERS = "test.tck.processes";

    /** Says what this JVM is: {@code client}, or {@code member}. */
    private static final String MODE = "test.tck.mode";

    /** The classes of keys and values that the TCK has, and of the keys that the reference implementation's interceptors make. */
    private static final String ALLOWED = "hypercache.codec.java.allow=domain.*,org.jsr107.ri.annotations.*";

    private final NodeAssembler nodes;
    private final MemberProcesses members;
    private final FrameFaults faults;
    private final CountedTransports counted = new CountedTransports();
    /** Of each manager's node; bounded by the tests of the TCK. */
    private final List<MetricSet> metrics = new CopyOnWriteArrayList<>();

    private TckProcesses(MemberProcesses members, FrameFaults faults) {
        this.members = members;
        this.faults = faults;
        this.nodes = new NodeAssembler(transports -> counted.around(faults.around(transports)));
    }

    /** Starts the members, and makes this JVM what it is to be. */
    static TckProcesses start() {
        String mode = System.getProperty(MODE, "");
        boolean isClient = mode.equals("client");
        if (!isClient && !mode.equals("member")) {
            throw new IllegalArgumentException(MODE + " is " + mode + "; it is client or member.");
        }
        FrameFaults faults = FrameFaults.ofRun();
        try {
            MemberProcesses members =
                    MemberProcesses.start(Integer.getInteger(MEMBERS, 0), isClient ? Role.CLIENT : Role.MEMBER, faults);
            set(isClient ? members.settingsOfClient() : members.settingsOfMember());
            set(List.of(ALLOWED));
            TckProcesses started = new TckProcesses(members, faults);
            Runtime.getRuntime().addShutdownHook(new Thread(started::end));
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void set(List<String> properties) {
        for (String property : properties) {
            String[] words = property.split("=", 2);
            System.setProperty(words[0], words[1]);
        }
    }

    private void end() {
        report().write();
        members.close();
    }

    private RingReport report() {
        Settings settings =
                Settings.load(ManagerUri.of(null), null, Sources.ofJvm(TckProcesses.class.getClassLoader()));
        long led = metrics.stream()
                .mapToLong(node -> node.read(MetricName.REQUESTS_LED_HERE))
                .sum();
        String run = System.getProperty(MODE) + " of " + members.size() + " processes with certificates, started "
                + counted.nodes() + " times by " + metrics.size() + " managers; java.allow "
                + settings.javaAllowPatterns() + "; frames " + faults.name() + ", "
                + faults.counts().dropped() + " lost, " + faults.counts().delayed() + " delayed here; "
                + RingReport.describe(settings);
        return new RingReport(members.size(), run, led, counted.requests());
    }

    @Override
    public RingNode create(Settings settings, NodeMetrics node, Abandonment unwanted) {
        metrics.add(node.node());
        return nodes.create(settings, node, unwanted);
    }

    @Override
    public boolean holdsReferences(Settings settings) {
        return nodes.holdsReferences(settings);
    }

    @Override
    public boolean holdsOwnBytesOnly(Settings settings) {
        return nodes.holdsOwnBytesOnly(settings);
    }
}
