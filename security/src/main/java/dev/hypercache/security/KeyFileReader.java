package dev.hypercache.security;

import dev.hypercache.spi.security.Secret;
import dev.hypercache.spi.security.SecretUnavailableException;
import dev.hypercache.spi.security.SigningKey;
import dev.hypercache.spi.security.SigningKeys;
import dev.hypercache.spi.security.SigningKeysReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads signing keys from a text file in UTF-8 that its owner alone may open (SECURITY §3.1). One key a line:
 *
 * <pre>{@code <id> <role> <base64:...|hex:...> [not-before=<instant>] [not-after=<instant>] [signs]}</pre>
 *
 * <p>Blank lines and those that begin with {@code #} say nothing. Exactly one line has the word {@code signs}. Ids and secrets
 * stand there once: a secret under two ids would let the bearer of one role sign with the other. {@link NewKey} writes such
 * lines. What was read is zeroed afterwards.
 */
public final class KeyFileReader implements SigningKeysReader {

    static final String FORM = "<id> <role> <base64:...|hex:...> [not-before=<instant>] [not-after=<instant>] [signs]";

    /** Makes a reader; it has no state. */
    public KeyFileReader() {}

    @Override
    public Listed read(Path file) {
        Objects.requireNonNull(file, "file");
        List<SigningKey> keys = new ArrayList<>();
        List<WordLine> lines = new ArrayList<>();
        try (WordFile words = WordFile.read(file, ProtectedFile.BYTES_MAX, SigningKeys.KEYS_MAX)) {
            String signing = null;
            for (WordLine line : words.lines()) {
                Entitlement entitlement = Entitlement.of(line, FORM);
                SigningKey key = keyOf(entitlement, line);
                keys.add(key);
                lines.add(line);
                requireNew(keys, lines);
                signing = signingOf(signing, entitlement, line);
            }
            return new Listed(keys, requireSigning(signing, file));
        } catch (SecretUnavailableException e) {
            keys.forEach(key -> key.secret().destroy());
            throw e;
        }
    }

    private static SigningKey keyOf(Entitlement entitlement, WordLine line) {
        byte[] written = line.bytes(Entitlement.SECRET_WORD);
        if (!SecretEncoding.hasPrefix(written)) {
            throw line.refusal("has a third word that begins neither with base64: nor with hex:."
                    + " Make a key with its line: java " + NewKey.class.getName() + " <id> <role>");
        }
        Secret secret = SecretEncoding.decode(written, "The key in " + line.place());
        int length = secret.length();
        if (length < SigningKey.SECRET_BYTES_LEAST || length > SigningKey.SECRET_BYTES_MOST) {
            secret.destroy();
            throw line.refusal("has a key of " + length + " bytes: a key has " + SigningKey.SECRET_BYTES_LEAST + " to "
                    + SigningKey.SECRET_BYTES_MOST + " random bytes. Make one with its line: java "
                    + NewKey.class.getName() + " <id> <role>");
        }
        return new SigningKey(
                entitlement.id(),
                secret,
                entitlement.role(),
                entitlement.notBeforeMillis(),
                entitlement.notAfterMillis());
    }

    /** Compares the last key with those before it; there are few. */
    private static void requireNew(List<SigningKey> keys, List<WordLine> lines) {
        int last = keys.size() - 1;
        SigningKey key = keys.get(last);
        for (int i = 0; i < last; i++) {
            SigningKey earlier = keys.get(i);
            boolean sameId = earlier.id().equals(key.id());
            if (sameId || earlier.secret().equals(key.secret())) {
                throw lines.get(last)
                        .refusal("repeats the " + (sameId ? "id" : "key") + " of line "
                                + lines.get(i).number() + ": each stands there once. Delete one of the two.");
            }
        }
    }

    private static @Nullable String signingOf(@Nullable String signing, Entitlement entitlement, WordLine line) {
        if (signing != null && entitlement.signs()) {
            throw line.refusal(
                    "has the word signs, and so has a line before it: one key signs. Delete one of the two words.");
        }
        return entitlement.signs() ? entitlement.id() : signing;
    }

    private static String requireSigning(@Nullable String signing, Path file) {
        if (signing == null) {
            throw new SecretUnavailableException(
                    "File " + file
                            + " has no line with the word signs: one key signs. Add the word to the line of the key that all nodes have.");
        }
        return signing;
    }
}
