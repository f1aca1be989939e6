package dev.hypercache.core.lead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.core.hint.HintLedger;
import dev.hypercache.core.hint.HintLimits;
import dev.hypercache.core.record.Version;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** From which version on a follower may lack something: the floor stays below. */
final class LaggingTest {

    private static final Version OLD = new Version(1L << 32, 16);
    private static final Version NEW = new Version(5L << 32, 5);

    private final Lagging lagging =
            new Lagging(2, new HintLedger(new HintLimits(true, 60_000, 200, 1_000, 1_000, 1 << 20)));

    private Version lowest() {
        return Objects.requireNonNull(lagging.lowest());
    }

    @Test
    void nameOnItsWayCountsFromWhatWasSent() {
        lagging.sent("k", NEW, 0);

        assertThat(lowest()).isEqualTo(NEW);
    }

    @Test
    void nameThatIsProposedAnewCountsFromBelowAllUntilItIsHeld() {
        lagging.sent("k", NEW, 0);
        lagging.lacksAllOf("k");

        assertThat(lowest()).isLessThan(OLD);
        lagging.holds("k", NEW);
        assertThat(lagging.lowest()).isNull();
    }

    @Test
    void nameThatAComparisonFindsMissingWhileItIsOnItsWayCountsFromBelowAll() {
        lagging.sent("k", NEW, 0);
        lagging.lacks("k", NEW, 0);

        assertThat(lowest()).isLessThan(OLD);
    }

    @Test
    void nameThatAComparisonFindsMissingCountsFromBelowAll() {
        lagging.lacks("k", NEW, 0);

        assertThat(lowest()).isLessThan(OLD);
    }
}
