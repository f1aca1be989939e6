package dev.hypercache.transport.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.hypercache.security.HmacKeys;
import dev.hypercache.security.HmacSigner;
import dev.hypercache.spi.security.Role;
import dev.hypercache.spi.security.Secret;
import dev.hypercache.spi.security.SigningKey;
import dev.hypercache.spi.security.SigningKeys.KeyStatus;
import dev.hypercache.spi.security.SigningKeysReader.Listed;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LiveKeysTest {

    private final LiveKeys keys = new LiveKeys(new HmacSigner(new HmacKeys()));
    private final List<String> removed = new ArrayList<>();

    private static Listed listed(String signing, String... ids) {
        List<SigningKey> listed = new ArrayList<>();
        for (String id : ids) {
            listed.add(SigningKey.unlimited(id, Secret.copyOf(new byte[32]), Role.MEMBER));
        }
        return new Listed(listed, signing);
    }

    private List<String> installed() {
        return keys.status().stream().map(KeyStatus::id).toList();
    }

    private String signing() {
        return keys.status().stream()
                .filter(KeyStatus::signs)
                .findFirst()
                .orElseThrow()
                .id();
    }

    @Test
    void rotationGoesThroughItsThreeSteps() {
        keys.follow(removed::add);
        keys.apply(listed("old", "old"));
        keys.apply(listed("old", "old", "new"));
        assertThat(installed()).containsExactly("new", "old");
        assertThat(signing()).isEqualTo("old");

        keys.apply(listed("new", "old", "new"));
        assertThat(signing()).isEqualTo("new");
        assertThat(removed).isEmpty();

        assertThat(keys.apply(listed("new", "new")).removed()).containsExactly("old");
        assertThat(installed()).containsExactly("new");
        assertThat(removed).containsExactly("old");
    }

    @Test
    void secretOfAnInstalledKeyStaysAndTheListedOneIsDestroyed() {
        Listed first = listed("k", "k");
        Listed second = listed("k", "k");
        keys.apply(first);
        keys.apply(second);

        assertThat(first.keys().get(0).secret().isDestroyed()).isFalse();
        assertThat(second.keys().get(0).secret().isDestroyed()).isTrue();
    }

    @Test
    void followerIsToldNoMoreOnceItEnds() {
        keys.follow(removed::add).run();
        keys.apply(listed("old", "old"));
        keys.apply(listed("new", "new"));

        assertThat(installed()).containsExactly("new");
        assertThat(removed).isEmpty();
    }

    @Test
    void moreKeysThanMayBeInstalledAreRefused() {
        keys.apply(listed("a", "a", "b", "c", "d", "e", "f", "g", "h"));

        assertThatIllegalStateException().isThrownBy(() -> keys.apply(listed("i", "a", "i")));
    }
}
