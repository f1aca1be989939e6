package dev.hypercache.core.member;

import dev.hypercache.core.message.AskProbe;
import dev.hypercache.core.message.Belief;
import dev.hypercache.core.message.GossipMessage;
import dev.hypercache.core.message.Message;
import dev.hypercache.core.message.Probe;
import dev.hypercache.core.message.ProbeAnswer;
import dev.hypercache.core.message.ProbeMissed;
import dev.hypercache.spi.membership.MemberHealth;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** One machine, short id 1, and what a test lets the others answer. */
final class SwimBench implements MemberObserver {

    static final int SELF = 1;
    static final long STEP_MILLIS = 10;

    record Sent(int to, Message message) {}

    private final Map<MemberEvent, Integer> counts = new EnumMap<>(MemberEvent.class);
    private final List<Belief> believed = new ArrayList<>();
    private final List<Sent> sent = new ArrayList<>();
    private final Set<Integer> answering = new HashSet<>();
    private final Set<Integer> helping = new HashSet<>();
    private final Set<Integer> reachable = new HashSet<>();
    private final SplittableRandom random = new SplittableRandom(3);
    private final Swim swim;
    private long now = 10_000;

    SwimBench(int members, SwimPace pace) {
        swim = new Swim(SELF, pace, (to, message) -> sent.add(new Sent(to, message)), random::nextInt, this);
        List<Integer> ids = IntStream.rangeClosed(1, members).boxed().toList();
        swim.watch(ids, now);
        ids.forEach(this::answers);
        reachable.addAll(ids);
    }

    Swim swim() {
        return swim;
    }

    long now() {
        return now;
    }

    /** A member answers its probes, and with "not here" when it is asked to help. */
    void answers(int member) {
        answering.add(member);
        helping.add(member);
    }

    void silent(int member) {
        answering.remove(member);
        helping.remove(member);
    }

    /** Lets time pass; whoever answers does so within 10 ms. */
    void run(long millis) {
        for (long end = now + millis; now < end; ) {
            List<Sent> arriving = List.copyOf(sent);
            sent.clear();
            now += STEP_MILLIS;
            arriving.forEach(this::answer);
            swim.tick(now);
        }
    }

    private void answer(Sent question) {
        if (question.message() instanceof Probe probe
                && answering.contains(question.to())
                && reachable.contains(question.to())) {
            swim.receive(question.to(), new ProbeAnswer(probe.probe(), 0, List.of()), now);
        } else if (question.message() instanceof AskProbe ask && helping.contains(question.to())) {
            boolean isAnswered = answering.contains(ask.member());
            swim.receive(
                    question.to(),
                    isAnswered
                            ? new ProbeAnswer(ask.probe(), 0, List.of())
                            : new ProbeMissed(ask.probe(), 0, List.of()),
                    now);
        }
    }

    /** A member answers everybody but this node. */
    void deaf(int member) {
        reachable.remove(member);
    }

    /** Lets time pass in which nobody answers. */
    void quiet(long millis) {
        for (long end = now + millis; now < end; ) {
            now += STEP_MILLIS;
            swim.tick(now);
        }
    }

    /** Lets time pass with nothing happening at all. */
    void stand(long millis) {
        now += millis;
    }

    void hear(int from, Belief... beliefs) {
        swim.receive(from, new ProbeAnswer(0, 0, List.of(beliefs)), now);
    }

    void receive(int from, GossipMessage message) {
        swim.receive(from, message, now);
    }

    static Belief suspect(int member, long refutations, Integer... observers) {
        return new Belief(member, refutations, MemberHealth.SUSPECT, List.of(observers));
    }

    static Belief dead(int member, long refutations, Integer... observers) {
        return new Belief(member, refutations, MemberHealth.DEAD, List.of(observers));
    }

    /** What was sent since the last look. */
    List<Sent> sent() {
        List<Sent> now = List.copyOf(sent);
        sent.clear();
        return now;
    }

    List<Belief> believed() {
        return believed;
    }

    int count(MemberEvent event) {
        return counts.getOrDefault(event, 0);
    }

    /** Forgets what was counted. */
    void forget() {
        counts.clear();
        believed.clear();
    }

    /** What was counted since, without the probes that were answered. */
    Map<MemberEvent, Integer> counted() {
        Map<MemberEvent, Integer> counted = new EnumMap<>(MemberEvent.class);
        counted.putAll(counts);
        counted.remove(MemberEvent.PROBE_ANSWERED);
        return counted;
    }

    @Override
    public void happened(MemberEvent event) {
        counts.merge(event, 1, Integer::sum);
    }

    @Override
    public void believed(Belief belief) {
        believed.add(belief);
    }
}
