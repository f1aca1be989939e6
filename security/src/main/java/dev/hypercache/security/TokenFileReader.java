package dev.hypercache.security;

import dev.hypercache.spi.security.BearerTokens;
import dev.hypercache.spi.security.BearerTokensReader;
import dev.hypercache.spi.security.SecretUnavailableException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads bearer tokens from a text file in UTF-8 that its owner alone may open (SECURITY §3.2). One token a line, by its digest:
 *
 * <pre>{@code <id> <role> sha256:<64 hexadecimal digits> [not-before=<instant>] [not-after=<instant>]}</pre>
 *
 * <p>Blank lines and those that begin with {@code #} say nothing. Ids and digests stand there once. {@link NewToken} writes such
 * lines. A digest of 256 random bits needs no salt and no slow hash: nobody can try them all.
 */
public final class TokenFileReader implements BearerTokensReader {

    static final String FORM =
            "<id> <role> sha256:<64 hexadecimal digits> [not-before=<instant>] [not-after=<instant>]";

    static final String PREFIX = "sha256:";

    /** Enough for {@link BearerTokens#TOKENS_MAX} lines of the longest form and as much again of comments. */
    private static final int FILE_BYTES_MAX = 512 * 1024;

    /** Makes a reader; it has no state. */
    public TokenFileReader() {}

    @Override
    public BearerTokens read(Path file) {
        Objects.requireNonNull(file, "file");
        List<TokenDigest> tokens = new ArrayList<>();
        Map<String, WordLine> lineById = new HashMap<>();
        Map<String, WordLine> lineByDigest = new HashMap<>();
        try (WordFile words = WordFile.read(file, FILE_BYTES_MAX, BearerTokens.TOKENS_MAX)) {
            for (WordLine line : words.lines()) {
                TokenDigest token = tokenOf(line);
                requireNew(lineById.putIfAbsent(token.entitlement().id(), line), line, "id");
                String digest = HexFormat.of().formatHex(token.digest());
                requireNew(lineByDigest.putIfAbsent(digest, line), line, "digest");
                tokens.add(token);
            }
        }
        return new DigestTokens(tokens);
    }

    private static TokenDigest tokenOf(WordLine line) {
        Entitlement entitlement = Entitlement.of(line, FORM);
        if (entitlement.signs()) {
            throw line.refusal("has the word signs, but tokens sign nothing. Write it as: " + FORM);
        }
        byte[] digest = digestOf(line.text(Entitlement.SECRET_WORD), line);
        if (MessageDigest.isEqual(digest, DigestTokens.digestOf(""))) {
            throw line.refusal("has the sha256 of nothing, so an empty token would be let in."
                    + " Make another with: java " + NewToken.class.getName() + " <id> <role>");
        }
        return new TokenDigest(entitlement, digest);
    }

    private static byte[] digestOf(String word, WordLine line) {
        try {
            if (word.startsWith(PREFIX) && word.length() == PREFIX.length() + 2 * DigestTokens.DIGEST_BYTES) {
                return HexFormat.of().parseHex(word, PREFIX.length(), word.length());
            }
        } catch (IllegalArgumentException e) {
            // The message shows the word, which may be a token in the wrong place, so it is not passed on.
            throw malformed(line);
        }
        throw malformed(line);
    }

    private static SecretUnavailableException malformed(WordLine line) {
        return line.refusal(
                "has a third word that is not sha256: and 64 hexadecimal digits: the file holds digests, never tokens."
                        + " Make a token with its line: java " + NewToken.class.getName() + " <id> <role>");
    }

    private static void requireNew(@Nullable WordLine earlier, WordLine line, String what) {
        if (earlier != null) {
            throw line.refusal("repeats the " + what + " of line " + earlier.number()
                    + ": each stands there once. Delete one of the two.");
        }
    }
}
