package dev.hypercache.bootstrap;

import dev.hypercache.core.form.Ask;
import dev.hypercache.core.form.FormAnswer;
import dev.hypercache.core.form.FormRequest;
import dev.hypercache.core.form.Forming;
import dev.hypercache.core.form.FormingCounts;
import dev.hypercache.core.form.SeedCard;
import dev.hypercache.spi.Address;
import dev.hypercache.spi.Payload;
import dev.hypercache.telemetry.MetricName;
import dev.hypercache.telemetry.MetricSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A node that forms a ring, behind a lock and beside a clock: its own thread drives it, others bring answers and ask for its vote. */
final class FormingDesk {

    private final Forming forming;
    private final MetricSet metrics;
    private final long startedNanos = System.nanoTime();
    private long ballots;
    private long lost;
    private long votes;
    private long twins;

    FormingDesk(Forming forming, MetricSet metrics) {
        this.forming = forming;
        this.metrics = metrics;
    }

    long nowMillis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNanos);
    }

    synchronized void seeds(List<Address> now) {
        forming.seeds(now);
    }

    synchronized List<Ask> tick() {
        return counted(forming -> forming.tick(nowMillis()));
    }

    synchronized void heard(Address from, SeedCard card, long askedMillis) {
        counted(forming -> {
            forming.heard(from, card, askedMillis, nowMillis());
            return true;
        });
    }

    synchronized void answered(Address from, FormAnswer answer) {
        counted(forming -> {
            forming.answered(from, answer, nowMillis());
            return true;
        });
    }

    synchronized FormAnswer asked(FormRequest request) {
        return counted(forming -> forming.asked(request, nowMillis()));
    }

    synchronized @Nullable Payload membership() {
        return forming.membership();
    }

    synchronized @Nullable String refusal() {
        return forming.refusal();
    }

    synchronized List<Address> members() {
        return forming.members(nowMillis());
    }

    synchronized void joining(boolean underWay) {
        forming.joining(underWay);
    }

    synchronized void toldOf(Address member) {
        forming.toldOf(member, nowMillis());
    }

    synchronized String waitsFor() {
        return forming.waitsFor(nowMillis());
    }

    private <T> T counted(Function<Forming, T> step) {
        T result = step.apply(forming);
        FormingCounts now = forming.counts();
        metrics.add(MetricName.FORMING_BALLOTS, now.ballots() - ballots);
        metrics.add(MetricName.FORMING_BALLOTS_LOST, now.lostBallots() - lost);
        metrics.add(MetricName.FORMING_VOTES, now.votes() - votes);
        metrics.add(MetricName.NAME_CONFLICTS, now.twins() - twins);
        ballots = now.ballots();
        lost = now.lostBallots();
        votes = now.votes();
        twins = now.twins();
        return result;
    }
}
