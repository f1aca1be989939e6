package dev.hypercache.core.form;

import dev.hypercache.core.form.FormAnswer.Denied;
import dev.hypercache.core.form.FormAnswer.InRing;
import dev.hypercache.core.form.FormRequest.Accept;
import dev.hypercache.core.form.FormRequest.Learn;
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

/**
 * A node on its way into a ring: it looks for one among its seeds, and founds one with them if there is none (CONSISTENCY §5).
 *
 * <p>Problem: seeds start in any order, some not at all, and some again; exactly one ring must come of it, and nobody may take
 * silence for consent. Approach: one decision by a majority of the seeds. Each seed is a {@link Voter}; the first living one by
 * address stands as a {@link Candidate}, the others in turn if it does not get there. Where a member of a ring answers, nobody votes
 * or stands any more: a node that is among its founders is a member, every other one asks to join.
 *
 * <p>Why not the obvious "lowest address founds": it may be the one that was restarted and is cut off from the ring that lives.
 * Limits: memory alone, so what a majority forgot is gone; see docs/adr/0020-founding-a-ring.md. For one thread at a time.
 */
public final class Forming {

    private final SeedCard self;
    private final Voter voter;
    private final Sightings seeds;
    private final CardCheck check;
    private final RingNews news;
    private final Readiness readiness;
    private final FormingCounts counts = new FormingCounts();
    private final Candidate candidate;

    private @Nullable Payload membership;
    private boolean isJoining;

    /**
     * How the seeds are known.
     *
     * @param fixed whether their list never changes
     * @param expect among how many nodes a majority must agree at least, 1 or more
     */
    public record Electorate(boolean fixed, int expect) {}

    /**
     * Where chance comes from.
     *
     * @param dice given n, a number from 0 to n - 1
     * @param ids makes ids that nobody has made before
     */
    public record Chances(LongUnaryOperator dice, Supplier<UUID> ids) {}

    /**
     * Begins without any seed.
     *
     * @param self the node's own card, in no ring
     * @param electorate how the seeds are known
     * @param pace how long to wait for each other
     * @param chances where chance comes from
     */
    public Forming(SeedCard self, Electorate electorate, FormingPace pace, Chances chances) {
        this.self = self;
        this.voter = new Voter(self.profile());
        this.seeds = new Sightings(self.profile(), electorate.fixed(), electorate.expect(), pace.living());
        this.check = new CardCheck(self, electorate.fixed());
        this.news = new RingNews(pace.memory());
        this.readiness = new Readiness(pace);
        this.candidate = new Candidate(
                self, pace, chances.dice(), chances.ids(), new Candidate.Ground(voter, seeds, readiness, counts));
    }

    /** The seeds are these now. */
    public void seeds(List<Address> now) {
        seeds.list(now);
        check.retain(seeds.names());
    }

    /** The change that founded the ring of which this life is a member as one of its founders; null while there is none. */
    public @Nullable Payload membership() {
        return membership;
    }

    /** Members of a ring that were heard of lately, to be asked for admission; empty while there is no ring. */
    public List<Address> members(long nowMillis) {
        return news.members(nowMillis);
    }

    /** Why this node can be in no ring with its seeds; null if that is not so. */
    public @Nullable String refusal() {
        return check.refusal();
    }

    /** The founding that this life accepted last, chosen or not; null if none. */
    @Nullable
    AcceptedFounding accepted() {
        return voter.accepted();
    }

    /** What was counted. */
    public FormingCounts counts() {
        return counts;
    }

    /**
     * A question for admission to a ring is under way, or is not any more. As long as it is, this node votes for nobody: it may be a
     * member by then.
     */
    public void joining(boolean underWay) {
        isJoining = underWay;
        if (underWay) {
            candidate.drop();
        }
    }

    /** A member told of another one, or of itself. */
    public void toldOf(Address member, long nowMillis) {
        news.heardOf(member, nowMillis);
    }

    /** What to ask now. To be called again and again; asks that were lost are asked again. */
    public List<Ask> tick(long nowMillis) {
        Map<String, Sighting> living = seeds.living(nowMillis);
        if (membership == null && !knowsRing(nowMillis) && check.refusal() == null) {
            candidate.forget(nowMillis);
            int heard = living.size() + 1;
            boolean isMajority = seeds.includesSelf(nowMillis) && heard >= candidate.majority(nowMillis);
            readiness.look(isMajority, heard >= seeds.size(nowMillis), nowMillis);
            candidate.stand(nowMillis);
        }
        List<Ask> asks = new ArrayList<>(candidate.asks(living, nowMillis));
        settle(nowMillis);
        if (membership == null) {
            seeds.others().forEach(seed -> asks.add(new Ask(seed, null)));
        }
        return asks;
    }

    private boolean knowsRing(long nowMillis) {
        return isJoining || !news.members(nowMillis).isEmpty();
    }

    /**
     * A seed showed its card.
     *
     * @param from where it was asked
     * @param askedMillis when it was asked
     */
    public void heard(Address from, SeedCard card, long askedMillis, long nowMillis) {
        if (!seeds.isListed(from) || check.refusal() != null) {
            return;
        }
        check.compare(from, card);
        if (check.isTwin(from, card, askedMillis, nowMillis)) {
            counts.twin();
            seeds.twins(card.profile().name(), nowMillis);
        }
        seeds.heard(from, card, nowMillis);
        Payload founding = card.founding();
        if (founding == null) {
            news.forget(from);
        } else {
            hearOfRing(from, new InRing(founding, true), nowMillis);
        }
    }

    /**
     * A seed answered.
     *
     * @param from where it was asked
     * @param answer what it said to what was asked
     */
    public void answered(Address from, FormAnswer answer, long nowMillis) {
        if (answer instanceof InRing ring) {
            hearOfRing(from, ring, nowMillis);
        } else {
            candidate.answered(from, answer, nowMillis);
            settle(nowMillis);
        }
    }

    private void settle(long nowMillis) {
        Payload chosen = candidate.chosen();
        if (chosen != null && membership == null && !knowsRing(nowMillis)) {
            hearOfRing(self.profile().address(), new InRing(chosen, false), nowMillis);
        }
    }

    private void hearOfRing(Address from, InRing ring, long nowMillis) {
        if (membership != null) {
            return;
        }
        if (Foundings.includes(ring.founding(), self.profile())) {
            membership = ring.founding();
        } else if (ring.isMember()) {
            news.heardOf(from, nowMillis);
        } else {
            news.heardOf(ring.founding(), nowMillis);
        }
        candidate.drop();
    }

    /** A candidate asks this node. */
    public FormAnswer asked(FormRequest request, long nowMillis) {
        Payload own = membership;
        if (own != null) {
            return new InRing(own, true);
        }
        if (request instanceof Learn learn) {
            hearOfRing(self.profile().address(), new InRing(learn.founding(), false), nowMillis);
            return new InRing(learn.founding(), membership != null);
        }
        FoundingBallot ballot = request instanceof Prepare prepare ? prepare.ballot() : ((Accept) request).ballot();
        if (knowsRing(nowMillis) || check.refusal() != null) {
            return voter.denied(ballot);
        }
        FormAnswer answer = request instanceof Prepare prepare
                ? voter.prepare(prepare, seeds.size(nowMillis))
                : voter.accept((Accept) request);
        if (!(answer instanceof Denied)) {
            candidate.follows(ballot, nowMillis);
        }
        return answer;
    }

    /** What this node waits for: the end of a sentence that begins with "The node waits for". */
    public String waitsFor(long nowMillis) {
        return new FormingReport(seeds, nowMillis)
                .text(
                        candidate.majority(nowMillis),
                        readiness.hears(),
                        !news.members(nowMillis).isEmpty());
    }
}
