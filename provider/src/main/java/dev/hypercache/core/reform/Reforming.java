package dev.hypercache.core.reform;

import dev.hypercache.core.control.ControlState;
import dev.hypercache.core.control.NodeProfile;
import dev.hypercache.core.reform.ReformMessage.Agree;
import dev.hypercache.core.reform.ReformMessage.Agreed;
import dev.hypercache.core.reform.ReformMessage.AskConsent;
import dev.hypercache.core.reform.ReformMessage.AskDecided;
import dev.hypercache.core.reform.ReformMessage.Consent;
import dev.hypercache.core.reform.ReformMessage.Decided;
import dev.hypercache.core.reform.ReformMessage.Propose;
import dev.hypercache.core.reform.ReformMessage.Refuse;
import dev.hypercache.spi.Payload;
import dev.hypercache.spi.RingId;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One life's part in the agreement on how the next generation of a ring begins (CONSISTENCY §5).
 *
 * <p>Problem: the log lost its majority, and with it perhaps its last changes. The survivors go on with the newest state that
 * any of them has; nobody may go on with another one, and nobody may go on in the old generation. Approach: Paxos for one
 * decision, in memory, among all who are not dead: every member of the newest state, and every life that came back in place of
 * a member. An attempt needs the consent of all of them, and then the agreement of all of them. Who consents is through with
 * the old generation, for good. Any two attempts that get through have somebody in common as long as one who took part in the
 * first lives, and that one tells the second what was agreed to. A process that restarts is another life, so nobody who counts
 * has forgotten anything.
 *
 * <p>Not only the log's voters must consent: others read ahead of the surviving voters, and copies of slots have acted on what
 * they read. What nobody who lives knows was acted on by majorities that are dead, and whose slots are lost with them.
 *
 * <p>Legal once so many of the log's voters are dead that the others are no majority, which each life judges by what it knows
 * itself. One who is neither dead nor to be reached holds the reform up until its name returns or an operator declares it dead.
 *
 * <p>Limits: one generation; make another one for the next. Messages carry a state of at most 16 MiB. Confined: whoever calls
 * guards it.
 */
public final class Reforming {

    private static final long REPEAT_MILLIS = 300;
    private static final long ASK_MILLIS = 1_000;
    private static final long RANK_MILLIS = 500;
    private static final int BACK_OFF_MILLIS = 1_500;

    private final RingId ring;
    private final UUID self;
    private final ReformPort port;
    private final Deaths deaths = new Deaths();
    /** Whoever may know of a decision: members of one ring, and lives that came back. */
    private final Set<UUID> heard = new LinkedHashSet<>();

    private List<UUID> logVoters = List.of();
    private ControlState latest = ControlState.EMPTY;
    private @Nullable ControlState frozen;
    private @Nullable ReformBallot promised;
    private @Nullable Agreed agreed;
    private @Nullable ReformDecision decided;
    private @Nullable Candidate candidate;
    private long highestRound;
    private long notBeforeMillis = Long.MAX_VALUE;
    private long sentAtMillis;

    /**
     * @param ring the generation that may end
     * @param self this life's boot
     */
    public Reforming(RingId ring, UUID self, ReformPort port) {
        this.ring = ring;
        this.self = self;
        this.port = port;
    }

    /** Whether this life takes part in the old generation no longer. */
    public boolean isFrozen() {
        return frozen != null;
    }

    /** How the next generation begins; null if that is not known here yet. */
    public @Nullable ReformDecision decided() {
        return decided;
    }

    /** An operator says that a life is dead, or that it never comes back; it must be true. */
    public void declaredDead(UUID boot) {
        deaths.declared(boot);
    }

    /** A node that is in no ring is there now, under the name of a member; it is authenticated, and alive. */
    public void returned(NodeProfile life) {
        deaths.returned(life);
    }

    /** Whose consent is waited for, as far as known: for those who wait, and for the operator. */
    public Set<UUID> missing() {
        Candidate mine = candidate;
        Set<UUID> missing = deaths.participants(
                mine == null ? latest.roster() : mine.newest().roster());
        missing.removeIf(boot -> mine != null && mine.hasConsentOf(boot));
        return missing;
    }

    /**
     * Looks whether the ring is to be reformed, and goes on with it.
     *
     * @param state what this life knows of the old generation
     * @param voters the boots of the log's voters as far as known here
     * @param now steady time in milliseconds
     */
    public void tick(ControlState state, Collection<UUID> voters, long now) {
        logVoters = List.copyOf(voters);
        latest = state;
        askDecided(now);
        if (decided != null || !deaths.isMajorityDead(logVoters, state.roster()) || state.ring() == null) {
            return;
        }
        if (notBeforeMillis == Long.MAX_VALUE) {
            notBeforeMillis = now + rank(state) * RANK_MILLIS;
        }
        if (candidate == null && now >= notBeforeMillis) {
            begin(now);
        }
        if (candidate != null) {
            proceed();
            repeat(now);
        }
    }

    /** The word of a decision may have got lost on its way to one who cannot make an attempt of its own. */
    private void askDecided(long now) {
        boolean waits = frozen != null && decided == null && candidate == null;
        if (waits && now - sentAtMillis >= ASK_MILLIS) {
            sentAtMillis = now;
            heard.forEach(boot -> port.send(boot, new AskDecided(ring)));
        }
    }

    private long rank(ControlState state) {
        return List.copyOf(deaths.participants(state.roster())).indexOf(self);
    }

    private void begin(long now) {
        ControlState own = freeze();
        ReformBallot ballot = new ReformBallot(++highestRound, self);
        promised = ballot;
        Candidate mine = new Candidate(ring, ballot, own);
        mine.consented(self, new Consent(ring, ballot, own.index(), Payload.EMPTY, deaths.knowledge(), agreed), null);
        candidate = mine;
        sentAtMillis = now - REPEAT_MILLIS;
    }

    private ControlState freeze() {
        ControlState known = frozen;
        if (known == null) {
            known = port.freeze();
            frozen = known;
        }
        return known;
    }

    private void repeat(long now) {
        Candidate mine = candidate;
        if (mine != null && now - sentAtMillis >= REPEAT_MILLIS) {
            sentAtMillis = now;
            mine.ask(deaths.participants(mine.newest().roster()), deaths, port);
        }
    }

    /** Takes the next step of the own attempt if everybody is there for it. */
    private void proceed() {
        Candidate mine = candidate;
        Set<UUID> needed =
                mine == null ? Set.of() : deaths.participants(mine.newest().roster());
        if (mine == null || !needed.stream().allMatch(mine::hasConsentOf)) {
            return;
        }
        if (!needed.contains(self)) {
            candidate = null; // Others know that this life is no member any more.
            return;
        }
        ReformDecision decision = mine.proposed();
        if (decision == null) {
            decision = mine.choose(deaths);
            mine.propose(decision);
            agreed = new Agreed(mine.ballot(), decision);
            mine.agreed(self);
            sentAtMillis -= REPEAT_MILLIS;
        }
        if (needed.stream().allMatch(mine::hasAgreed)) {
            decide(decision);
            for (UUID boot : needed) {
                if (!boot.equals(self)) {
                    port.send(boot, new Decided(ring, decision));
                }
            }
        }
    }

    private void decide(ReformDecision decision) {
        if (decided == null) {
            freeze();
            decided = decision;
            candidate = null;
            port.begin(decision);
        }
    }

    /**
     * A message arrived.
     *
     * @param from the boot of the life that sent it
     */
    public void receive(UUID from, ReformMessage message, long now) {
        if (!message.ring().equals(ring) || deaths.isDead(from)) {
            return;
        }
        heard.add(from);
        if (message instanceof Decided word) {
            decide(word.decision());
        } else if (decided != null) {
            port.send(from, new Decided(ring, decided));
        } else if (message instanceof AskConsent ask) {
            on(from, ask, now);
        } else if (message instanceof Propose propose) {
            on(from, propose, now);
        } else if (message instanceof Refuse refuse) {
            on(refuse, now);
        } else {
            onAnswer(from, message);
        }
    }

    private void on(UUID from, AskConsent ask, long now) {
        deaths.learn(ask.knowledge());
        if (!logVoters.isEmpty() && !deaths.isMajorityDead(logVoters, latest.roster())) {
            return; // The log that is known here has its majority.
        }
        if (refuses(from, ask.ballot())) {
            return;
        }
        giveWay(ask.ballot(), now);
        ControlState known = freeze();
        Payload state = known.index() > ask.index() ? known.encode() : Payload.EMPTY;
        port.send(from, new Consent(ring, ask.ballot(), known.index(), state, deaths.knowledge(), agreed));
    }

    private boolean refuses(UUID from, ReformBallot ballot) {
        ReformBallot mine = promised;
        if (mine == null || ballot.compareTo(mine) >= 0) {
            return false;
        }
        port.send(from, new Refuse(ring, ballot, mine));
        return true;
    }

    /** Another attempt is higher than the own one. */
    private void giveWay(ReformBallot ballot, long now) {
        promised = ballot;
        highestRound = Math.max(highestRound, ballot.round());
        candidate = null;
        notBeforeMillis = now + BACK_OFF_MILLIS + port.dice(BACK_OFF_MILLIS);
    }

    private void on(UUID from, Propose propose, long now) {
        if (!refuses(from, propose.ballot()) && propose.ballot().equals(promised)) { // Who did not consent has no say.
            agreed = new Agreed(propose.ballot(), propose.decision());
            heard.addAll(propose.decision().concerned());
            notBeforeMillis = now + BACK_OFF_MILLIS + port.dice(BACK_OFF_MILLIS);
            port.send(from, new Agree(ring, propose.ballot()));
        }
    }

    private void on(Refuse refuse, long now) {
        Candidate mine = candidate;
        highestRound = Math.max(highestRound, refuse.promised().round());
        if (mine != null && refuse.ballot().equals(mine.ballot())) {
            candidate = null;
            notBeforeMillis = now + port.dice(BACK_OFF_MILLIS);
        }
    }

    private void onAnswer(UUID from, ReformMessage message) {
        Candidate mine = candidate;
        if (mine == null) {
            return;
        }
        if (message instanceof Consent consent && consent.ballot().equals(mine.ballot())) {
            deaths.learn(consent.knowledge());
            boolean isNewer = consent.index() > mine.newest().index();
            mine.consented(from, consent, isNewer ? ControlState.decode(consent.state()) : null);
            proceed();
        } else if (message instanceof Agree agree && agree.ballot().equals(mine.ballot())) {
            mine.agreed(from);
            proceed();
        }
    }
}
