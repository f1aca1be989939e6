package dev.hypercache.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.hypercache.spi.security.Role;
import dev.hypercache.spi.security.Secret;
import dev.hypercache.spi.security.SigningKey;
import dev.hypercache.spi.security.SigningKeys;
import dev.hypercache.spi.security.SigningKeys.KeyStatus;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HmacKeysTest {

    private final HmacKeys keys = new HmacKeys();

    @Test
    void statusShowsIdsAndWhichKeySignsAndNoSecret() {
        keys.install(new SigningKey("b", secret(), Role.CLIENT, 1, 2));
        keys.install(SigningKey.unlimited("a", secret(), Role.MEMBER));
        keys.use("a");

        assertThat(keys.status())
                .containsExactly(
                        new KeyStatus("a", Role.MEMBER, true, Long.MIN_VALUE, Long.MAX_VALUE),
                        new KeyStatus("b", Role.CLIENT, false, 1, 2));
        assertThat(keys.status() + keys.toString()).doesNotContain("planted");
    }

    @Test
    void idNamesOneKey() {
        keys.install(SigningKey.unlimited("a", secret(), Role.MEMBER));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> keys.install(SigningKey.unlimited("a", secret(), Role.MEMBER)))
                .withMessageContaining("\"a\" is installed already");
    }

    @Test
    void ninthKeyIsRefused() {
        for (int i = 0; i < SigningKeys.KEYS_MAX; i++) {
            keys.install(SigningKey.unlimited("k" + i, secret(), Role.MEMBER));
        }

        assertThatIllegalStateException()
                .isThrownBy(() -> keys.install(SigningKey.unlimited("k9", secret(), Role.MEMBER)))
                .withMessageContaining("\"k9\"")
                .withMessageContaining("8 keys");
        assertThat(keys.status()).hasSize(SigningKeys.KEYS_MAX);
    }

    @Test
    void onlyInstalledKeysCanBeUsed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> keys.use("absent"))
                .withMessageContaining("\"absent\" is not installed");
    }

    @Test
    void removedKeyIsDestroyed() {
        Secret secret = secret();
        keys.install(SigningKey.unlimited("a", secret, Role.MEMBER));

        keys.remove("a");
        keys.remove("a");

        assertThat(keys.status()).isEmpty();
        assertThat(secret.isDestroyed()).isTrue();
    }

    @Test
    void keyThatSignsCannotBeRemoved() {
        keys.install(SigningKey.unlimited("a", secret(), Role.MEMBER));
        keys.use("a");

        assertThatIllegalStateException()
                .isThrownBy(() -> keys.remove("a"))
                .withMessageContaining("\"a\" cannot be removed");
        assertThat(keys.status()).hasSize(1);
    }

    @Test
    void everythingIsReplacedThroughOneInstalledKeyMore() {
        List<Secret> old = new ArrayList<>();
        for (int i = 0; i < SigningKeys.KEYS_MAX; i++) {
            old.add(secret());
            keys.install(SigningKey.unlimited("old" + i, old.get(i), Role.MEMBER));
        }
        keys.use("old0");

        for (int i = 1; i < SigningKeys.KEYS_MAX; i++) {
            keys.remove("old" + i);
        }
        keys.install(SigningKey.unlimited("new0", secret(), Role.MEMBER));
        keys.use("new0");
        keys.remove("old0");
        for (int i = 1; i < SigningKeys.KEYS_MAX; i++) {
            keys.install(SigningKey.unlimited("new" + i, secret(), Role.MEMBER));
        }

        assertThat(old).allMatch(Secret::isDestroyed);
        assertThat(keys.status())
                .hasSize(SigningKeys.KEYS_MAX)
                .allMatch(row -> row.id().startsWith("new"))
                .filteredOn(KeyStatus::signs)
                .extracting(KeyStatus::id)
                .containsExactly("new0");
    }

    @Test
    void idOfARemovedKeyMayNameAnother() {
        keys.install(SigningKey.unlimited("a", secret(), Role.MEMBER));
        keys.remove("a");

        keys.install(SigningKey.unlimited("a", secret(), Role.CLIENT));

        assertThat(keys.status()).extracting(KeyStatus::role).containsExactly(Role.CLIENT);
    }

    private static Secret secret() {
        return Secret.copyOf("planted-0123456789-abcdefghijklmno".getBytes(StandardCharsets.US_ASCII));
    }
}
