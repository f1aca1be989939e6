package dev.hypercache.core.form;

import dev.hypercache.core.control.NodeProfile;
import dev.hypercache.spi.Payload;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Sees everything, and says what must not be.
 *
 * <p>A seat <em>remembers</em> a founding if its present life accepted it last, or is a member of that ring. A founding is <em>void</em>
 * once none of its founders lives. What is required:
 *
 * <ol>
 *   <li>A life accepts another founding than before only if the former is void.
 *   <li>A life is a member only of a founding that a majority accepted in one ballot, and of one only.
 *   <li>A member votes for nobody.
 *   <li>A founding is first proposed, and chosen later, only if at that moment every other one that was chosen and is not void is
 *       remembered by fewer seats than a majority leaves over. So without restarts there is one ring.
 * </ol>
 */
final class FormOracle {

    /** What a run came across. */
    enum Sight {
        RING,
        RING_OF_A_MAJORITY,
        PROPOSED_AGAIN,
        VOID,
        DENIED,
        WRONG_LIFE,
        JOINED,
        SECOND_RING,
        BALLOT_LOST
    }

    private final List<FormSeat> seats;
    private final VirtualTime time;
    private final int majority;
    private final List<String> violations = new ArrayList<>();
    private final Map<Sight, Integer> sights = new EnumMap<>(Sight.class);
    private final Map<UUID, AcceptedFounding> acceptedBy = new HashMap<>();
    private final Map<UUID, Payload> memberOf = new HashMap<>();
    /** Who accepted which founding in which ballot. */
    private final Map<Payload, Map<FoundingBallot, Set<String>>> accepters = new LinkedHashMap<>();
    /** Those that were chosen when a founding was first proposed, and that too many remembered. */
    private final Map<Payload, Set<Payload>> remembered = new HashMap<>();

    private final Set<Payload> chosen = new HashSet<>();

    FormOracle(List<FormSeat> seats, VirtualTime time) {
        this.seats = seats;
        this.time = time;
        this.majority = seats.size() / 2 + 1;
    }

    List<String> violations() {
        return violations;
    }

    Map<Sight, Integer> sights() {
        return sights;
    }

    int rings() {
        return chosen.size();
    }

    private void saw(Sight sight) {
        sights.merge(sight, 1, Integer::sum);
    }

    private void violated(String what) {
        violations.add("at " + time.nowMillis() + " ms: " + what);
    }

    void answered(FormAnswer answer) {
        if (answer instanceof FormAnswer.Denied denied) {
            saw(Sight.DENIED);
            if (denied.promised() == null) {
                saw(Sight.WRONG_LIFE);
            }
        }
    }

    /** Looks at a life after each of its steps. */
    void look(FormSeat.Life life) {
        UUID boot = life.profile().boot();
        AcceptedFounding now = life.forming().accepted();
        AcceptedFounding before = acceptedBy.get(boot);
        if (now != null && !now.equals(before)) {
            if (before != null && !before.founding().equals(now.founding())) {
                if (isVoid(before.founding())) {
                    saw(Sight.VOID);
                } else if (chosen.contains(before.founding())) {
                    // One that was not chosen gives way to another one of a higher ballot, as in any Paxos.
                    violated(life.profile() + " accepted another founding than one that was chosen");
                }
            }
            acceptedBy.put(boot, now);
            accepted(life, now);
        }
        Payload ring = life.ring();
        if (ring != null && !ring.equals(memberOf.get(boot))) {
            member(life, ring);
        }
    }

    private void accepted(FormSeat.Life life, AcceptedFounding accepted) {
        Payload founding = accepted.founding();
        if (!accepters.containsKey(founding)) {
            remembered.put(founding, rememberedNow(founding));
        }
        Map<FoundingBallot, Set<String>> ballots = accepters.computeIfAbsent(founding, unused -> new LinkedHashMap<>());
        if (!ballots.isEmpty() && !ballots.containsKey(accepted.ballot())) {
            saw(Sight.PROPOSED_AGAIN);
        }
        Set<String> names = ballots.computeIfAbsent(accepted.ballot(), unused -> new TreeSet<>());
        names.add(life.profile().name());
        if (names.size() >= majority && chosen.add(founding)) {
            chosen(founding);
        }
    }

    private Set<Payload> rememberedNow(Payload but) {
        Set<Payload> well = new HashSet<>();
        for (Payload other : chosen) {
            boolean isOther = !other.equals(but) && !isVoid(other);
            if (isOther && seats.stream().filter(seat -> remembers(seat, other)).count() > seats.size() - majority) {
                well.add(other);
            }
        }
        return well;
    }

    private boolean remembers(FormSeat seat, Payload founding) {
        FormSeat.Life life = seat.life();
        if (life == null) {
            return false;
        }
        Payload ring = life.ring();
        AcceptedFounding accepted = life.forming().accepted();
        return ring != null
                ? ring.equals(founding)
                : accepted != null && accepted.founding().equals(founding);
    }

    private void chosen(Payload founding) {
        saw(Sight.RING);
        if (Foundings.read(founding).founders().size() < seats.size()) {
            saw(Sight.RING_OF_A_MAJORITY);
        }
        if (chosen.size() > 1) {
            saw(Sight.SECOND_RING);
        }
        Set<Payload> others = remembered.getOrDefault(founding, Set.of());
        if (!others.isEmpty()) {
            violated("a ring was founded beside one that a minority's complement remembers");
        }
    }

    private void member(FormSeat.Life life, Payload ring) {
        Payload before = memberOf.put(life.profile().boot(), ring);
        if (before != null) {
            violated(life.profile() + " changed its ring");
        }
        if (!chosen.contains(ring)) {
            violated(life.profile() + " is a member of a ring that nobody chose");
        }
        if (life.forming().membership() == null) {
            saw(Sight.JOINED);
        }
    }

    /** Requires that a member does not vote. */
    void requireNoVote(FormSeat.Life member, FormAnswer answer) {
        if (!(answer instanceof FormAnswer.InRing)) {
            violated(member.profile() + " is a member and votes");
        }
    }

    private boolean isVoid(Payload founding) {
        return Foundings.read(founding).founders().stream().noneMatch(this::lives);
    }

    private boolean lives(NodeProfile founder) {
        return seats.stream()
                .map(FormSeat::life)
                .anyMatch(life -> life != null && life.profile().equals(founder));
    }

    /** Requires that the living are in one ring, but for those that are left alone. */
    void requireOneRing(@Nullable FormSeat but) {
        Set<Payload> rings = new HashSet<>();
        for (FormSeat seat : seats) {
            FormSeat.Life life = seat.life();
            if (life != null && seat != but) {
                Payload ring = life.ring();
                if (ring == null) {
                    violated(seat.name() + " is in no ring at the end; it waits for "
                            + life.forming().waitsFor(time.nowMillis()));
                } else {
                    rings.add(ring);
                }
            }
        }
        if (rings.size() > 1 && chosen.size() == 1) {
            violated("the living are in " + rings.size() + " rings");
        }
    }

    void lostBallots(long count) {
        if (count > 0) {
            saw(Sight.BALLOT_LOST);
        }
    }
}
