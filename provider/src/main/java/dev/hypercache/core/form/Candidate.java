package dev.hypercache.core.form;

import dev.hypercache.core.form.FormAnswer.Accepted;
import dev.hypercache.core.form.FormAnswer.Denied;
import dev.hypercache.core.form.FormAnswer.Promised;
import dev.hypercache.core.form.FormRequest.Accept;
import dev.hypercache.core.form.FormRequest.Prepare;
import dev.hypercache.core.form.Sightings.Sighting;
import dev.hypercache.spi.Address;
import dev.hypercache.spi.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The side of a seed that stands for election: one ballot after the other until a founding is chosen, here or elsewhere. */
final class Candidate {

    private final SeedCard self;
    private final FormingPace pace;
    private final LongUnaryOperator dice;
    private final Supplier<UUID> ids;
    private final Voter voter;
    private final Sightings seeds;
    private final Readiness readiness;
    private final FormingCounts counts;

    private @Nullable Candidacy candidacy;
    private long highestRound;

    /** What a candidate shares with the rest of its node. */
    record Ground(Voter voter, Sightings seeds, Readiness readiness, FormingCounts counts) {}

    Candidate(SeedCard self, FormingPace pace, LongUnaryOperator dice, Supplier<UUID> ids, Ground ground) {
        this.self = self;
        this.pace = pace;
        this.dice = dice;
        this.ids = ids;
        this.voter = ground.voter();
        this.seeds = ground.seeds();
        this.readiness = ground.readiness();
        this.counts = ground.counts();
    }

    /** The founding that a majority accepted in this node's ballot; null if there is none. */
    @Nullable
    Payload chosen() {
        Candidacy mine = candidacy;
        return mine != null && mine.phase() == Candidacy.Phase.CHOSEN ? mine.founding() : null;
    }

    /** How many of the nodes must agree. */
    int majority(long nowMillis) {
        int size = seeds.size(nowMillis);
        Candidacy mine = candidacy;
        return (mine == null ? size : mine.widened(size)) / 2 + 1;
    }

    /** Stands if it is this node's turn. */
    void stand(long nowMillis) {
        if (candidacy != null
                || highestRound == FoundingBallot.ROUND_MAX
                || !readiness.isDue(seeds.rank(nowMillis), nowMillis)) {
            return;
        }
        highestRound++;
        Candidacy mine =
                new Candidacy(new FoundingBallot(highestRound, self.profile().boot()), nowMillis);
        candidacy = mine;
        counts.ballot();
        FormAnswer own = voter.prepare(new Prepare(mine.ballot()), seeds.size(nowMillis));
        if (own instanceof Promised promised) {
            mine.promised(self.profile().address(), promised);
        }
    }

    /** What its ballot asks of the others now. */
    List<Ask> asks(Map<String, Sighting> living, long nowMillis) {
        Candidacy mine = candidacy;
        if (mine == null) {
            return List.of();
        }
        if (mine.phase() == Candidacy.Phase.PREPARING && mayPropose(mine, living, nowMillis)) {
            mine.propose((ring, founders) -> Foundings.make(self.terms(), ring, ids.get(), founders), ids.get());
            acceptOwn(mine, nowMillis);
        }
        boolean isOver = mine.phase() != Candidacy.Phase.CHOSEN && nowMillis - mine.beganMillis() > pace.ballot();
        if (isOver || mine.phase() == Candidacy.Phase.LOST) {
            giveUp();
            readiness.quiet(nowMillis + dice.applyAsLong(pace.rank()));
            return List.of();
        }
        List<Ask> asks = new ArrayList<>();
        for (Sighting seed : living.values()) {
            boolean isMissing = mine.phase() == Candidacy.Phase.PREPARING
                    && !mine.hasVoteOf(seed.card().profile());
            if (isMissing) {
                asks.add(new Ask(seed.at(), new Prepare(mine.ballot())));
            }
        }
        asks.addAll(mine.asks());
        asks.removeIf(ask -> ask.to().equals(self.profile().address()));
        return asks;
    }

    /** All that could vote have, or a majority after the grace. */
    private boolean mayPropose(Candidacy mine, Map<String, Sighting> living, long nowMillis) {
        int size = mine.widened(seeds.size(nowMillis));
        boolean areLivingIn = living.values().stream()
                .allMatch(seed -> mine.hasVoteOf(seed.card().profile()));
        boolean isLate = nowMillis - mine.beganMillis() >= pace.rank();
        boolean isMajority = mine.votes() >= size / 2 + 1;
        return mine.votes() >= size || (isMajority && readiness.isGraceOver(nowMillis) && (areLivingIn || isLate));
    }

    private void acceptOwn(Candidacy mine, long nowMillis) {
        for (Ask ask : mine.asks()) {
            boolean isOwn = ask.to().equals(self.profile().address());
            if (isOwn && ask.request() instanceof Accept accept && voter.accept(accept) instanceof Accepted answer) {
                mine.accepted(answer, majority(nowMillis));
            }
        }
    }

    /** A seed answered. */
    void answered(Address from, FormAnswer answer, long nowMillis) {
        Candidacy mine = candidacy;
        if (answer instanceof Denied denied && denied.promised() != null) {
            heardOf(denied.promised());
        }
        if (mine == null) {
            return;
        }
        if (answer instanceof Promised promised) {
            mine.promised(from, promised);
        } else if (answer instanceof Accepted accepted) {
            mine.accepted(accepted, majority(nowMillis));
        } else if (answer instanceof Denied denied) {
            mine.denied(denied, majority(nowMillis));
        }
    }

    /** Somebody stands or stood in this ballot: it is left alone for a while if this node follows it. */
    void follows(FoundingBallot ballot, long nowMillis) {
        counts.vote();
        readiness.quiet(nowMillis + pace.quiet() + dice.applyAsLong(pace.rank()));
        heardOf(ballot);
        Candidacy mine = candidacy;
        if (mine != null && ballot.isAbove(mine.ballot())) {
            drop();
        }
    }

    private void heardOf(FoundingBallot ballot) {
        highestRound = Math.max(highestRound, ballot.round());
    }

    /** A ballot that is not decided is given up: this node follows another one, or may be in another ring soon. */
    void drop() {
        if (candidacy != null && chosen() == null) {
            giveUp();
        }
    }

    /** Nobody of the ring that it chose was heard of for long: it is gone. Until then its founders are told of it. */
    void forget(long nowMillis) {
        Candidacy mine = candidacy;
        if (mine != null && chosen() != null && nowMillis - mine.beganMillis() > pace.ballot() + pace.memory()) {
            candidacy = null;
        }
    }

    private void giveUp() {
        candidacy = null;
        counts.lost();
    }
}
