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
 * <p>Not only the log's voters must consent: others read ahead of them, and copies of slots have acted on what they read. What nobody
 * who lives knows was acted on by majorities that are dead, and whose slots are lost with them.
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
    private final ReformVoter voter;
    private final Deaths deaths = new Deaths();
    /** Whoever may know of a decision: members of one ring, and lives that came back. */
    private final Set<UUID> heard = new LinkedHashSet<>();

    private List<UUID> logVoters = List.of();
    private ControlState latest = ControlState.EMPTY;
    private @Nullable ReformDecision decided;
    private @Nullable Candidate candidate;
    private long highestRound;
    private long notBeforeMillis = Long.MAX_VALUE;
    private long sentAtMillis;
    private boolean isOutside;

    /**
     * @param ring the generation that may end
     * @param self this life's boot
     */
    public Reforming(RingId ring, UUID self, ReformPort port) {
        this.ring = ring;
        this.self = self;
        this.port = port;
        this.voter = new ReformVoter(ring, port);
    }

    /** Whether this life takes part in the old generation no longer. */
    public boolean isFrozen() {
        return voter.isFrozen();
    }

    /** How the next generation begins; null if that is not known here yet. */
    public @Nullable ReformDecision decided() {
        return decided;
    }

    /** An operator says that a life is dead, or that it never comes back; it must be true. */
    public void declaredDead(UUID boot) {
        deaths.declared(boot);
    }

    /** A living, authenticated node of a member's name waits for its ring. Forgotten soon, so to be said again while that is so. */
    public void returned(NodeProfile life) {
        deaths.returned(life);
    }

    /** Whether nothing is under way that time would bring forward. */
    public boolean isIdle() {
        return decided != null || !voter.isFrozen() && deaths.isNone();
    }

    /** Whose consent is waited for but the own one, as far as known: for the operator. */
    public Set<UUID> missing() {
        Candidate mine = candidate;
        Set<UUID> missing = deaths.participants(
                mine == null ? latest.roster() : mine.newest().roster());
        missing.removeIf(boot -> boot.equals(self) || mine != null && mine.hasConsentOf(boot));
        return missing;
    }

    /**
     * Looks whether the ring is to be reformed, and goes on with it.
     *
     * @param state what this life knows of the old generation
     * @param voters the boots of the log's voters as far as known here
     * @param leader the boot of another life that leads the log, null if none is known to: as long as it may live, the log does, and
     *     what is known here may be old
     * @param now steady time in milliseconds
     */
    public void tick(ControlState state, Collection<UUID> voters, @Nullable UUID leader, long now) {
        if (!voter.isFrozen()) {
            deaths.refresh(state.index(), now);
        }
        logVoters = List.copyOf(voters);
        latest = state;
        askDecided(now);
        boolean isLed = !voter.isFrozen() && leader != null && !deaths.isDead(leader, state.roster());
        if (decided != null || isOutside || isLed || state.ring() == null || !isLost(state)) {
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

    private boolean isLost(ControlState state) {
        return deaths.isMajorityDead(logVoters, state.roster());
    }

    /** The word of a decision may have got lost on its way to one who cannot make an attempt of its own. */
    private void askDecided(long now) {
        boolean waits = voter.isFrozen() && decided == null && candidate == null;
        if (waits && now - sentAtMillis >= ASK_MILLIS) {
            sentAtMillis = now;
            heard.stream().filter(boot -> !boot.equals(self)).forEach(boot -> port.send(boot, new AskDecided(ring)));
        }
    }

    private long rank(ControlState state) {
        return List.copyOf(deaths.participants(state.roster())).indexOf(self);
    }

    private void begin(long now) {
        ControlState own = voter.freeze();
        ReformBallot ballot = new ReformBallot(++highestRound, self);
        voter.promise(ballot);
        Candidate mine = new Candidate(ring, ballot, own);
        mine.consented(
                self, new Consent(ring, ballot, own.index(), Payload.EMPTY, deaths.knowledge(), voter.agreed()), null);
        candidate = mine;
        sentAtMillis = now - REPEAT_MILLIS;
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
            candidate = null; // Others know that this life is no member any more, and go on without it.
            isOutside = true;
            return;
        }
        ReformDecision decision = mine.proposed();
        if (decision == null) {
            decision = mine.choose(deaths);
            mine.propose(decision);
            voter.agree(new Agreed(mine.ballot(), decision));
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
            voter.freeze();
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
        if (!logVoters.isEmpty() && !isLost(latest)) {
            return; // The log that is known here has its majority.
        }
        if (voter.refuses(from, ask.ballot())) {
            return;
        }
        giveWay(ask.ballot(), now);
        ControlState known = voter.freeze();
        Payload state = known.index() > ask.index() ? known.encode() : Payload.EMPTY;
        port.send(from, new Consent(ring, ask.ballot(), known.index(), state, deaths.knowledge(), voter.agreed()));
    }

    /** Another attempt is higher than the own one. */
    private void giveWay(ReformBallot ballot, long now) {
        voter.promise(ballot);
        highestRound = Math.max(highestRound, ballot.round());
        candidate = null;
        notBeforeMillis = now + BACK_OFF_MILLIS + port.dice(BACK_OFF_MILLIS);
    }

    private void on(UUID from, Propose propose, long now) {
        if (!voter.refuses(from, propose.ballot())
                && voter.hasPromised(propose.ballot())) { // Who did not consent has no say.
            voter.agree(new Agreed(propose.ballot(), propose.decision()));
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
