package dev.hypercache.core.reform;

import dev.hypercache.core.control.AdmitMember;
import dev.hypercache.core.control.ControlMachine;
import dev.hypercache.core.control.ControlState;
import dev.hypercache.core.control.DefineCache;
import dev.hypercache.core.control.Member;
import dev.hypercache.core.control.TestRings;
import dev.hypercache.spi.Payload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;

/** A ring whose log loses its majority, in virtual time: lives that know more or less of it, die and come back. */
final class ReformWorld {

    private static final int VOTERS_MAX = 5;
    private static final long LATE_MILLIS_MOST = 4_000;

    private record Letter(UUID from, UUID to, ReformMessage message) {}

    private final SplittableRandom random;
    private final Map<UUID, ReformLife> lives = new LinkedHashMap<>();
    private final TreeMap<Long, List<Letter>> mail = new TreeMap<>();
    private final List<String> violations = new ArrayList<>();
    private final List<ControlState> states = new ArrayList<>();
    private final List<UUID> voters = new ArrayList<>();
    private final List<UUID> declared = new ArrayList<>();
    private final Map<String, Integer> coverage = new TreeMap<>();
    private double loss;
    private int boots;
    private long now;

    ReformWorld(long seed) {
        random = new SplittableRandom(seed);
        int size = 2 + random.nextInt(5);
        String[] names = new String[size];
        for (int i = 0; i < size; i++) {
            names[i] = "n" + i;
        }
        ControlState state = TestRings.founded(4, 1 + random.nextInt(3), names);
        states.add(state);
        for (Member member : state.roster().members()) {
            ReformLife life = new ReformLife(this, member.profile());
            lives.put(life.boot(), life);
            if (voters.size() < VOTERS_MAX) {
                voters.add(life.boot());
            }
        }
        lives.values().forEach(life -> life.knows(state));
        grow();
        for (ReformLife life : lives.values()) {
            long from = life.known().index();
            life.knows(state(from + random.nextInt((int) (states.size() - from + 1))));
        }
    }

    /** What the old log came to: some of it may be known to few. */
    private void grow() {
        for (int i = random.nextInt(4); i > 0; i--) {
            ControlState last = states.get(states.size() - 1);
            states.add(last.apply(new DefineCache("c" + i, new TreeMap<>(), Payload.EMPTY))
                    .state());
        }
        if (random.nextInt(3) == 0) {
            ControlState last = states.get(states.size() - 1);
            ControlState joined =
                    last.apply(new AdmitMember(TestRings.profile("late"))).state();
            states.add(joined);
            ReformLife life = new ReformLife(this, TestRings.profile("late"));
            life.knows(joined);
            lives.put(life.boot(), life);
        }
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    void count(String what) {
        coverage.merge(what, 1, Integer::sum);
    }

    Map<String, Integer> coverage() {
        return coverage;
    }

    List<String> violations() {
        return violations;
    }

    void violated(String what) {
        violations.add("at " + now + " ms: " + what);
    }

    List<UUID> voters() {
        return voters;
    }

    /** The newest state that anybody who lives can read from another one. */
    ControlState state(long index) {
        return states.get((int) (index - 1));
    }

    void send(UUID from, UUID to, ReformMessage message) {
        for (int copies = random.nextInt(10) == 0 ? 2 : 1; copies > 0; copies--) {
            if (random.nextDouble() >= loss) {
                long delay = random.nextInt(20) == 0 ? random.nextInt((int) LATE_MILLIS_MOST) : random.nextInt(60);
                mail.computeIfAbsent(now + 1 + delay, unused -> new ArrayList<>())
                        .add(new Letter(from, to, message));
            }
        }
    }

    /** So many voters die that the log has no majority; some come back under their names, an operator knows of the others. */
    void disaster() {
        loss = random.nextInt(3) * 0.15;
        int dying = voters.size() / 2 + (voters.size() % 2 == 0 ? 0 : 1) + random.nextInt(2);
        List<UUID> order = new ArrayList<>(voters);
        for (int i = 0; i < dying && living() > 1; i++) {
            die(lives.get(order.remove(random.nextInt(order.size()))));
        }
    }

    private int living() {
        return (int) lives.values().stream()
                .filter(life -> life.isUp() && life.known().index() > 0)
                .count();
    }

    private void die(ReformLife life) {
        life.die();
        if (random.nextInt(3) > 0) {
            ReformLife next =
                    new ReformLife(this, TestRings.profile(life.profile().name(), 2 + ++boots));
            lives.put(next.boot(), next);
            next.wakesAt(now + 1 + random.nextInt(3_000));
        } else {
            lives.values().stream()
                    .filter(former ->
                            former.profile().name().equals(life.profile().name()))
                    .forEach(former -> declared.add(former.boot()));
        }
    }

    /** Lets time pass, with further deaths now and then until peace. */
    void run(long millis, boolean peace) {
        loss = peace ? 0 : loss;
        for (long end = now + millis; now < end; now++) {
            deliver();
            if (now % 10 == 0) {
                List.copyOf(lives.values()).forEach(life -> life.tick(now));
                announce();
                advance();
            }
            if (!peace && random.nextInt(2_500) == 0 && living() > 1) {
                List<ReformLife> up = up();
                count("DIED_MEANWHILE");
                die(up.get(random.nextInt(up.size())));
            }
        }
    }

    private void deliver() {
        List<Letter> due = mail.remove(now);
        for (Letter letter : due == null ? List.<Letter>of() : due) {
            ReformLife to = lives.get(letter.to());
            if (to != null && to.isUp()) {
                to.receive(letter.from(), letter.message(), now);
            }
        }
    }

    /** Who came back asks somebody for admission; the operator tells some member of the dead. */
    private void announce() {
        List<ReformLife> up = up();
        for (ReformLife life : up) {
            ReformLife other = up.get(random.nextInt(up.size()));
            if (life.isHomeless() && other != life && random.nextInt(10) == 0) {
                other.met(life.profile());
            }
        }
        boolean isMemberUp = up.stream().anyMatch(life -> life.known().index() > 0);
        if (isMemberUp && !declared.isEmpty() && random.nextInt(40) == 0) {
            List<ReformLife> members =
                    up.stream().filter(life -> life.known().index() > 0).toList();
            members.get(random.nextInt(members.size())).declaredDead(declared.get(random.nextInt(declared.size())));
        }
    }

    /** Who still takes part in the old log reads on in what another one has. */
    private void advance() {
        List<ReformLife> up = up();
        ReformLife one = up.get(random.nextInt(up.size()));
        ReformLife other = up.get(random.nextInt(up.size()));
        if (random.nextInt(30) == 0 && !one.isHomeless()) {
            one.readsFrom(other);
        }
    }

    List<ReformLife> up() {
        return lives.values().stream().filter(ReformLife::isUp).toList();
    }

    /** What must hold in the end: everybody who belongs to the next generation has begun it, and as the others have. */
    void checkEnd() {
        ReformDecision decision = null;
        for (ReformLife life : up()) {
            ReformDecision own = life.decided();
            decision = decision == null ? own : decision;
            if (own != null && !own.equals(decision)) {
                violated(life + " begins with " + own + ", and others with " + decision);
            }
        }
        if (decision == null) {
            violated("nobody has decided: " + up());
            return;
        }
        checkBeginning(decision);
    }

    private void checkBeginning(ReformDecision decision) {
        ControlMachine machine = new ControlMachine();
        machine.feed(decision.beginning());
        if (machine.state().founded().ring().generation() != 2) {
            violated("the reform was refused: " + decision);
        }
        for (ReformLife life : up()) {
            boolean isMember = machine.state().roster().members().stream()
                    .anyMatch(member -> member.profile().boot().equals(life.boot()));
            if (isMember && life.decided() == null) {
                violated(life + " belongs to the next generation and has not heard of it");
            }
            if (isMember && life.known().index() > decision.index()) {
                violated(life + " knows more than the generation begins with: " + decision.index());
            }
        }
    }
}
