package dev.hypercache.cluster;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Processes that come and go under names that they keep, each with an application that uses the ring. */
final class LivingRing implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<String> addresses;
    private final List<String> settings;
    private final String seeds;
    private final Consumer<String> events;
    private final Map<Integer, NodeProcess> nodes = new TreeMap<>();
    private final HttpCaller http = HttpCaller.plain();

    /**
     * @param most how many nodes there may be
     * @param seeds how many of them are seeds, the first ones
     * @param settings further settings of all nodes, as {@code name=value}
     */
    LivingRing(int most, int seeds, List<String> settings) throws IOException {
        this(most, seeds, settings, event -> {});
    }

    /** One whose nodes' threads report. */
    LivingRing(int most, int seeds, List<String> settings, Consumer<String> events) throws IOException {
        this(FreeAddresses.of(most), addresses -> addresses.subList(0, seeds), settings, events);
    }

    /** One whose nodes are to find each other by what they are told, at these addresses. */
    LivingRing(List<String> addresses, String seeds, List<String> settings) {
        this(addresses, unused -> List.of(seeds), settings, event -> {});
    }

    private LivingRing(
            List<String> addresses, UnaryOperator<List<String>> seeds, List<String> settings, Consumer<String> events) {
        this.addresses = List.copyOf(addresses);
        this.seeds = String.join(",", seeds.apply(addresses));
        this.settings = List.copyOf(settings);
        this.events = events;
    }

    /** Starts processes, all at once, and waits until each takes part. */
    void start(int... starting) throws IOException {
        for (int node : starting) {
            launch(node);
        }
        for (int node : starting) {
            nodes.get(node).awaitReady();
        }
    }

    /** Starts processes that rehearse, and join at {@link #join}; returns when they are ready to. */
    void rehearse(int... starting) throws IOException {
        for (int node : starting) {
            String rehearsal = Rehearsal.ADDRESSES + "=" + String.join(",", FreeAddresses.of(2));
            launch(node, seeds, List.of(rehearsal));
        }
        for (int node : starting) {
            nodes.get(node).awaitRehearsed();
        }
    }

    /** Lets processes that have rehearsed join, and waits until each takes part. */
    void join(int... joining) {
        for (int node : joining) {
            nodes.get(node).join();
        }
        for (int node : joining) {
            nodes.get(node).awaitReady();
        }
    }

    /** Starts a process and does not wait for it. */
    void launch(int node) throws IOException {
        launch(node, seeds, List.of());
    }

    /** The same, for one that reaches no other seed: nobody listens where it looks for them. */
    void launchCutOff(int node) throws IOException {
        List<String> unreachable = FreeAddresses.of(2);
        launch(node, addresses.get(node) + "," + String.join(",", unreachable), List.of());
    }

    private void launch(int node, String knownSeeds, List<String> further) throws IOException {
        List<String> properties = new ArrayList<>(settings);
        properties.addAll(further);
        properties.add("hypercache.node.name=n" + (node + 1));
        properties.add("hypercache.bind=" + addresses.get(node));
        properties.add("hypercache.seeds=" + knownSeeds);
        nodes.put(node, new NodeProcess(properties, ProcessRing.LOG, events, line -> {}));
    }

    void awaitReady(int node) {
        nodes.get(node).awaitReady();
    }

    /** Waits until a node that is in no ring answers at its port. */
    void awaitWaiting(int node) {
        await().atMost(PATIENCE).pollInterval(LOOK).ignoreExceptions().until(() -> {
            HttpCaller.Answer answer = http.get(addresses.get(node), "/internal/ring", Map.of());
            return answer.status() == 200 && !answer.text().contains("\"founding\"");
        });
    }

    /** SIGSTOP. */
    void stop(int node) throws IOException, InterruptedException {
        nodes.get(node).stop();
    }

    /** SIGCONT. */
    void resume(int node) throws IOException, InterruptedException {
        nodes.get(node).resume();
    }

    /** SIGTERM. */
    void leave(int node) throws IOException, InterruptedException {
        nodes.get(node).leave();
        nodes.remove(node);
    }

    /** SIGKILL. */
    void kill(int node) throws InterruptedException {
        nodes.get(node).kill();
        nodes.remove(node);
    }

    String ask(int node, String... words) {
        return nodes.get(node).ask(String.join(" ", words));
    }

    /** What a node says of the ring. */
    JsonNode report(int node) {
        try {
            HttpCaller.Answer answer = http.get(addresses.get(node), "/cluster/members", Map.of());
            return JSON.readTree(answer.text().substring(answer.text().indexOf('\n') + 1));
        } catch (IOException e) {
            throw new AssertionError("node " + node + " does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Waits until all living nodes agree on the members, and each slot has its replicas. */
    void awaitSettled() {
        await().atMost(PATIENCE).pollInterval(LOOK).until(this::isSettled);
    }

    private boolean isSettled() {
        long index = -1;
        for (int node : nodes.keySet()) {
            JsonNode report = report(node);
            boolean isSame = index < 0 || index == report.path("index").asLong();
            index = report.path("index").asLong();
            if (!isSame
                    || !report.path("safeToStop").asBoolean()
                    || report.path("members").size() != nodes.size()) {
                return false;
            }
        }
        return true;
    }

    /** How many replicas of slots each living node holds. */
    List<Integer> shares() {
        List<Integer> shares = new ArrayList<>();
        report(nodes.keySet().iterator().next())
                .path("members")
                .forEach(member -> shares.add(member.path("slots").asInt()));
        return shares;
    }

    /** What the living nodes have counted together, by the name of the metric behind its prefix. */
    long counted(String metric) {
        return nodes.keySet().stream()
                .mapToLong(node -> Long.parseLong(ask(node, "count", metric)))
                .sum();
    }

    /** The ids of the rings that the living nodes are in. */
    List<String> rings() {
        return nodes.keySet().stream()
                .map(node -> report(node).path("ring").asText())
                .distinct()
                .toList();
    }

    @Override
    public void close() {
        nodes.values().forEach(NodeProcess::close);
    }
}
