package dev.hypercache.transport.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypercache.security.HmacKeys;
import dev.hypercache.security.HmacSigner;
import dev.hypercache.spi.security.Role;
import dev.hypercache.spi.security.Secret;
import dev.hypercache.spi.security.SigningKey;
import dev.hypercache.spi.security.SigningKeys;
import dev.hypercache.spi.security.SigningKeys.KeyStatus;
import dev.hypercache.spi.security.SigningKeysReader.Listed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keys that a file lists no more, and when they go. */
final class HeldBackKeysTest {

    private static final long NOW = 1_767_225_600_000L;
    private static final long SECOND = 1_000;
    private static final String PEER = "/10.0.0.8:51000";
    private static final String NEIGHBOUR = "/10.0.0.8:51001";
    private static final String OTHER = "/10.0.0.9:51000";

    private final LiveKeys keys = new LiveKeys(new HmacSigner(new HmacKeys()));
    private final List<String> told = new ArrayList<>();

    @BeforeEach
    void rotateUpToTheLastStep() {
        keys.apply(listed("old", "old", "new"), NOW);
        keys.apply(listed("new", "old", "new"), NOW);
        Runnable unused = keys.follow(told::add);
    }

    private static Listed listed(String signing, String... ids) {
        List<SigningKey> all = new ArrayList<>();
        for (String id : ids) {
            all.add(SigningKey.unlimited(id, Secret.copyOf(new byte[32]), Role.MEMBER));
        }
        return new Listed(all, signing);
    }

    private List<String> installed() {
        return keys.status().stream().map(KeyStatus::id).toList();
    }

    @Test
    void keyThatNobodyHasUsedIsRemovedAtOnce() {
        KeyChanges changes = keys.apply(listed("new", "new"), NOW);

        assertThat(changes.removed()).containsExactly("old");
        assertThat(installed()).containsExactly("new");
        assertThat(told).containsExactly("old");
    }

    @Test
    void shortQuietTimeIsNotSpentOnAskingAgain() {
        LiveKeys brief = new LiveKeys(new HmacSigner(new HmacKeys()), 2 * SECOND);
        brief.apply(listed("new", "old", "new"), NOW);
        brief.used("old", PEER, NOW - 10 * SECOND);
        brief.apply(listed("new", "new"), NOW);
        for (int second = 1; second <= 5; second++) {
            brief.look(NOW + second * SECOND);
        }

        assertThat(brief.heldBack()).isEmpty();
    }

    @Test
    void keyThatAPeerUsedWithinTheLastMinuteStaysAndThePeerIsTold() {
        keys.used("old", PEER, NOW - 59 * SECOND);

        KeyChanges changes = keys.apply(listed("new", "new"), NOW);

        assertThat(changes.removed()).isEmpty();
        assertThat(changes.heldBack()).isEqualTo(Map.of("old", PEER));
        assertThat(changes.signing()).isEqualTo("new");
        assertThat(installed()).containsExactly("new", "old");
        assertThat(keys.heldBack()).containsExactly("old");
        assertThat(told).as("connections are to move to the key that signs").containsExactly("old");
    }

    @Test
    void keyGoesWhenNobodyHasUsedItForAMinute() {
        keys.used("old", PEER, NOW);
        keys.apply(listed("new", "new"), NOW);

        for (int second = 1; second < 60; second++) {
            assertThat(keys.look(NOW + second * SECOND).removed()).isEmpty();
        }
        assertThat(keys.look(NOW + 60 * SECOND).removed()).containsExactly("old");
        assertThat(installed()).containsExactly("new");
        assertThat(keys.heldBackCount()).isZero();
    }

    @Test
    void eachUseHoldsTheKeyForAnotherMinute() {
        keys.used("old", PEER, NOW);
        keys.apply(listed("new", "new"), NOW);
        keys.used("old", PEER, NOW + 50 * SECOND);

        assertThat(keys.look(NOW + 109 * SECOND).removed()).isEmpty();
        assertThat(keys.look(NOW + 111 * SECOND).removed()).isEmpty(); // It was asked anew two seconds ago.
        assertThat(keys.look(NOW + 115 * SECOND).removed()).containsExactly("old");
    }

    @Test
    void peersOfAQuietKeyAreAskedToDialAnewBeforeItGoes() {
        keys.used("old", PEER, NOW - 3_600 * SECOND);

        assertThat(keys.apply(listed("new", "new"), NOW).removed()).isEmpty();
        assertThat(told).containsExactly("old");
        keys.used("old", PEER, NOW + SECOND);

        KeyChanges changes = keys.look(NOW + 6 * SECOND);
        assertThat(changes.removed()).isEmpty();
        assertThat(changes.heldBack()).isEqualTo(Map.of("old", PEER));
    }

    @Test
    void quietKeyWhosePeersHaveSwitchedGoesAfterFiveSeconds() {
        keys.used("old", PEER, NOW - 3_600 * SECOND);
        keys.apply(listed("new", "new"), NOW);
        keys.used("new", PEER, NOW + SECOND);

        assertThat(keys.look(NOW + 4 * SECOND).removed()).isEmpty();
        assertThat(keys.look(NOW + 5 * SECOND).removed()).containsExactly("old");
    }

    @Test
    void keyGoesFiveSecondsAfterThePeersWereAskedIfAllOfThemSignWithAnotherOne() {
        keys.used("old", PEER, NOW - SECOND);
        keys.used("old", OTHER, NOW - SECOND);
        keys.apply(listed("new", "new"), NOW);
        keys.used("new", PEER, NOW + SECOND);
        assertThat(keys.look(NOW + 6 * SECOND).removed())
                .as("the other may still sign with it")
                .isEmpty();

        keys.used("new", OTHER, NOW + 7 * SECOND);

        assertThat(keys.look(NOW + 8 * SECOND).removed()).containsExactly("old");
    }

    @Test
    void peerThatMovedDoesNotSpeakForAnotherOneOfItsHost() {
        keys.used("old", PEER, NOW - SECOND);
        keys.apply(listed("new", "new"), NOW);
        keys.used("old", NEIGHBOUR, NOW + SECOND);
        keys.used("new", PEER, NOW + 2 * SECOND);

        assertThat(keys.look(NOW + 59 * SECOND).removed()).isEmpty();
        assertThat(installed()).contains("old");
    }

    @Test
    void hostsBeyondTheBoundCountAsOneThatNeverMoves() {
        for (int host = 0; host <= KeyUses.HOSTS_MAX; host++) {
            keys.used("old", "/host-" + host + ":1", NOW - SECOND);
        }
        keys.apply(listed("new", "new"), NOW);
        for (int host = 0; host <= KeyUses.HOSTS_MAX; host++) {
            keys.used("new", "/host-" + host + ":1", NOW + SECOND);
        }

        assertThat(keys.look(NOW + 6 * SECOND).removed()).isEmpty();
        assertThat(keys.look(NOW + 58 * SECOND).removed()).isEmpty(); // It is asked anew then.
        assertThat(keys.look(NOW + 63 * SECOND).removed()).containsExactly("old");
    }

    @Test
    void peerThatGoesOnIsAskedAndToldOfEachHalfMinute() {
        keys.used("old", PEER, NOW);
        keys.apply(listed("new", "new"), NOW);
        int named = 0;
        for (int second = 1; second <= 120; second++) {
            if (second % 30 == 1) {
                keys.used("old", PEER, NOW + second * SECOND);
            }
            named += keys.look(NOW + second * SECOND).heldBack().size();
        }
        assertThat(named).isBetween(2, 4);
        assertThat(installed()).contains("old");
    }

    @Test
    void keyThatIsListedAgainLeavesNoMore() {
        keys.used("old", PEER, NOW);
        keys.apply(listed("new", "new"), NOW);

        keys.apply(listed("new", "old", "new"), NOW + SECOND);

        assertThat(keys.heldBack()).isEmpty();
        assertThat(keys.look(NOW + 600 * SECOND).removed()).isEmpty();
        assertThat(installed()).contains("old");
    }

    @Test
    void forceRemovesWhoeverUsesIt() {
        keys.used("old", PEER, NOW);
        keys.apply(listed("new", "new"), NOW);

        assertThat(keys.apply(listed("new", "new")).removed()).containsExactly("old");
        assertThat(installed()).containsExactly("new");
        assertThat(keys.heldBackCount()).isZero();
    }

    @Test
    void keysThatAreHeldBackCountAmongThoseThatMayBeInstalled() {
        keys.used("old", PEER, NOW);
        keys.apply(listed("new", "new"), NOW);
        String[] most = IntStream.rangeClosed(1, SigningKeys.KEYS_MAX)
                .mapToObj(i -> i == 1 ? "new" : "k" + i)
                .toArray(String[]::new);

        assertThatThrownBy(() -> keys.apply(listed("new", most), NOW))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("among them 1 that are listed no more");
        assertThat(installed()).containsExactly("new", "old");

        keys.look(NOW + 60 * SECOND);
        assertThat(keys.apply(listed("new", most), NOW + 60 * SECOND).installed())
                .hasSize(SigningKeys.KEYS_MAX - 1);
    }
}
