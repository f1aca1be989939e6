package dev.hypercache.spi.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every {@link SecretSource} must do. */
public abstract class SecretSourceContract {

    private static final byte[] PLANTED = "planted-0123456789-abcdefghijklmnop".getBytes(StandardCharsets.US_ASCII);

    /** The source under test. */
    protected abstract SecretSource create();

    /**
     * Puts a secret where the source under test finds it, as its kind of place demands.
     *
     * @param secret printable ASCII, or empty if nothing but the place is to exist
     * @return the location to read it by
     */
    protected abstract String plant(byte[] secret) throws Exception;

    /** A location that could hold a secret and holds none. */
    protected abstract String absentLocation() throws Exception;

    @Test
    void plantedSecretIsRead() throws Exception {
        Secret secret = create().read(plant(PLANTED));

        assertThat(secret).isEqualTo(Secret.copyOf(PLANTED));
    }

    @Test
    void eachReadGivesASecretOfItsOwn() throws Exception {
        SecretSource source = create();
        String location = plant(PLANTED);

        source.read(location).destroy();

        assertThat(source.read(location)).isEqualTo(Secret.copyOf(PLANTED));
    }

    @Test
    void absentSecretIsRefusedByLocation() throws Exception {
        SecretSource source = create();
        String location = absentLocation();

        assertThatExceptionOfType(SecretUnavailableException.class)
                .isThrownBy(() -> source.read(location))
                .withMessageContaining(location);
    }

    @Test
    void emptySecretIsRefusedByLocation() throws Exception {
        SecretSource source = create();
        String location = plant(new byte[0]);

        assertThatExceptionOfType(SecretUnavailableException.class)
                .isThrownBy(() -> source.read(location))
                .withMessageContaining(location);
    }

    @Test
    void nothingButTheSecretItselfShowsIt() throws Exception {
        SecretSource source = create();
        String location = plant(PLANTED);

        Secret secret = source.read(location);

        String planted = new String(PLANTED, StandardCharsets.US_ASCII);
        assertThat(secret.toString() + source + source.scheme()).doesNotContain(planted);
    }

    @Test
    void nullLocationIsRefused() {
        SecretSource source = create();

        assertThatNullPointerException()
                .isThrownBy(() -> source.read(Map.of(1, "").get(2)));
    }

    @Test
    void schemeIsAWordThatAConfigurationCanName() {
        assertThat(create().scheme()).matches("[a-z][a-z0-9-]*");
    }
}
