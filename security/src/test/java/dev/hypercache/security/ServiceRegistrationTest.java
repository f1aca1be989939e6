package dev.hypercache.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.spi.security.BearerTokensReader;
import dev.hypercache.spi.security.CredentialsReader;
import dev.hypercache.spi.security.MessageAuthenticatorFactory;
import dev.hypercache.spi.security.SecretSource;
import dev.hypercache.spi.security.SigningKeysReader;
import dev.hypercache.spi.security.TlsMaterialReader;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

final class ServiceRegistrationTest {

    @Test
    void everySourceOfSecretsIsFound() {
        assertThat(ServiceLoader.load(SecretSource.class))
                .extracting(SecretSource::scheme)
                .containsExactly("env", "file");
    }

    @Test
    void hmacSignerIsFound() {
        MessageAuthenticatorFactory factory = ServiceLoader.load(MessageAuthenticatorFactory.class)
                .findFirst()
                .orElseThrow();

        assertThat(factory.algorithm()).isEqualTo("hmac-sha256");
        assertThat(factory.create()).isInstanceOf(HmacSigner.class).isNotSameAs(factory.create());
    }

    @Test
    void pemReaderIsFound() {
        assertThat(ServiceLoader.load(CredentialsReader.class))
                .extracting(CredentialsReader::format)
                .containsExactly("pem");
    }

    @Test
    void readersOfFilesAreFound() {
        assertThat(ServiceLoader.load(TlsMaterialReader.class)).hasExactlyElementsOfTypes(JsseMaterialReader.class);
        assertThat(ServiceLoader.load(BearerTokensReader.class)).hasExactlyElementsOfTypes(TokenFileReader.class);
        assertThat(ServiceLoader.load(SigningKeysReader.class)).hasExactlyElementsOfTypes(KeyFileReader.class);
    }
}
