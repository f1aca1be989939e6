package dev.hypercache.cluster;

import dev.hypercache.bootstrap.StandaloneNode;
import dev.hypercache.spi.security.Role;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Members in processes of their own that are a ring with certificates, and the settings of one more process that may use it, as a
 * member or as a client. All other settings are the defaults.
 */
public final class MemberProcesses implements AutoCloseable {

    private final List<String> addresses;
    private final int members;
    private final CertificateFolder certificates;
    private final List<StandaloneProcess> processes = new ArrayList<>();

    private MemberProcesses(int members, Role guest) throws IOException {
        this.members = members;
        this.addresses = FreeAddresses.of(members + 1);
        List<CertificateFolder.Holder> holders = Stream.concat(
                        IntStream.range(0, members)
                                .mapToObj(node -> new CertificateFolder.Holder(Role.MEMBER, nameOf(node))),
                        Stream.of(new CertificateFolder.Holder(guest, nameOf(members))))
                .collect(Collectors.toList());
        this.certificates = CertificateFolder.issue(CertificateFolder.newAuthority("test"), holders);
    }

    /**
     * Starts members and waits until each takes part.
     *
     * @param members how many
     * @param guest what the certificate of one more process allows it to be
     * @param faults what happens to the frames of the members
     */
    public static MemberProcesses start(int members, Role guest, FrameFaults faults) throws IOException {
        MemberProcesses ring = new MemberProcesses(members, guest);
        try {
            for (int node = 0; node < members; node++) {
                ring.launch(node, faults);
            }
            for (StandaloneProcess process : ring.processes) {
                process.awaitReady();
            }
            return ring;
        } catch (InterruptedException e) {
            ring.close();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while members start", e);
        } catch (IOException | RuntimeException | Error e) {
            ring.close();
            throw e;
        }
    }

    private void launch(int node, FrameFaults faults) throws IOException {
        List<String> properties = settings(node);
        properties.add("hypercache.bind=" + addresses.get(node));
        properties.add(FrameFaults.SETTING + "=" + faults.name());
        Class<?> program = faults.isNone() ? StandaloneNode.class : DisturbedNode.class;
        processes.add(StandaloneProcess.ofClassPath(program, properties, new File("target/member-processes.log")));
    }

    private static String nameOf(int node) {
        return "n" + (node + 1);
    }

    private List<String> settings(int node) {
        List<String> settings = new ArrayList<>(certificates.settingsOf(node));
        settings.add("hypercache.node.name=" + nameOf(node));
        settings.add("hypercache.seeds=" + String.join(",", addresses.subList(0, members)));
        return settings;
    }

    /** The settings of one more member, each as {@code name=value}. */
    public List<String> settingsOfMember() {
        List<String> settings = settings(members);
        settings.add("hypercache.bind=" + addresses.get(members));
        return settings;
    }

    /** The settings of a client. */
    public List<String> settingsOfClient() {
        List<String> settings = settings(members);
        settings.add("hypercache.mode=client");
        return settings;
    }

    /** How many processes there are. */
    public int size() {
        return members;
    }

    /** SIGKILL to each. */
    @Override
    public void close() {
        processes.forEach(StandaloneProcess::close);
    }
}
