package dev.hypercache.bootstrap;

import dev.hypercache.config.Setting;
import dev.hypercache.config.Settings;
import dev.hypercache.spi.security.BearerTokens;
import dev.hypercache.spi.security.BearerTokensReader;
import dev.hypercache.spi.security.MessageAuthenticator;
import dev.hypercache.spi.security.MessageAuthenticatorFactory;
import dev.hypercache.spi.security.SecretUnavailableException;
import dev.hypercache.spi.security.SigningKeysReader;
import dev.hypercache.spi.security.TlsFiles;
import dev.hypercache.spi.security.TlsMaterial;
import dev.hypercache.spi.security.TlsMaterialReader;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** The files that a node's settings name for its security, and what the security module reads in them. */
final class SecuritySources {

    private final Settings settings;
    private final TlsFiles tls;
    private final @Nullable Path keys;
    private final @Nullable Path tokens;

    SecuritySources(Settings settings) {
        this.settings = settings;
        this.tls = new TlsFiles(
                path(Setting.TLS_CERT),
                path(Setting.TLS_KEY),
                path(Setting.TLS_TRUST),
                path(Setting.TLS_KEYSTORE),
                path(Setting.TLS_KEY_PASSWORD_FILE));
        this.keys = path(Setting.HMAC_KEYS_FILE);
        this.tokens = path(Setting.BEARER_FILE);
    }

    private @Nullable Path path(Setting setting) {
        String location = settings.text(setting);
        if (location == null) {
            return null;
        }
        try {
            return location.startsWith("file:") ? Path.of(URI.create(location)) : Path.of(location);
        } catch (IllegalArgumentException e) {
            throw settings.problem(
                    setting, "this is no path of a file", "Write a path, or file: with an absolute one.");
        }
    }

    boolean hasTls() {
        return !tls.all().isEmpty();
    }

    boolean hasKeys() {
        return keys != null;
    }

    boolean hasTokens() {
        return tokens != null;
    }

    /** All files, to be watched. */
    List<Path> files() {
        List<Path> all = new ArrayList<>(tls.all());
        if (keys != null) {
            all.add(keys);
        }
        if (tokens != null) {
            all.add(tokens);
        }
        return all;
    }

    /** Reads the TLS material anew. */
    TlsMaterial readTls() {
        List<String> protocols = settings.list(Setting.TLS_PROTOCOLS);
        return only(TlsMaterialReader.class).read(tls, protocols);
    }

    /** Makes what signs and verifies with shared keys, and knows none yet. */
    static MessageAuthenticator newAuthenticator() {
        return only(MessageAuthenticatorFactory.class).create();
    }

    /** Reads the shared keys anew. */
    SigningKeysReader.Listed readKeys() {
        if (keys == null) {
            throw new IllegalStateException("no file of keys is named");
        }
        return only(SigningKeysReader.class).read(keys);
    }

    /** Reads the bearer tokens anew. */
    BearerTokens readTokens() {
        if (tokens == null) {
            throw new IllegalStateException("no file of tokens is named");
        }
        return only(BearerTokensReader.class).read(tokens);
    }

    private static <T> T only(Class<T> service) {
        return ServiceLoader.load(service, SecuritySources.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new SecretUnavailableException("Nothing on the class path offers "
                        + service.getSimpleName() + ". Add the dependency dev.hypercache:hypercache-security."));
    }
}
