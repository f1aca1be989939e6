package dev.hypercache.security;

import dev.hypercache.spi.security.Role;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A new bearer token: 256 random bits in base64url (RFC 4648 §5), 43 characters.
 *
 * <p>{@code java -cp ... dev.hypercache.security.NewToken <id> <role>} prints the token, which its bearer gets, and below it the
 * line for the file that {@link TokenFileReader} reads. The token stands nowhere else.
 */
public final class NewToken {

    static final int TOKEN_BYTES = 32;

    private final String token;
    private final String line;

    private NewToken(String token, String line) {
        this.token = token;
        this.line = line;
    }

    /**
     * Makes a token.
     *
     * @param id its name in logs, 1 to 64 of {@code A-Z a-z 0-9 . - _}
     * @param role what its bearer may ask for
     * @return the token with its line
     * @throws IllegalArgumentException if the id has another form
     */
    public static NewToken of(String id, Role role) {
        byte[] bytes = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        String digest = HexFormat.of().formatHex(DigestTokens.digestOf(token));
        return new NewToken(token, NewLine.of(id, role, TokenFileReader.PREFIX + digest));
    }

    /**
     * Returns the token itself, a secret.
     *
     * @return 43 characters
     */
    public String token() {
        return token;
    }

    /**
     * Returns the line for the file of tokens.
     *
     * @return one line, without its break
     */
    public String line() {
        return line;
    }

    /** Leaves the token out. */
    @Override
    public String toString() {
        return "NewToken[" + line + "]";
    }

    /**
     * Prints a new token and its line.
     *
     * @param args the id and the role
     */
    public static void main(String[] args) {
        System.exit(NewLine.run(args, System.out, System.err, (id, role) -> {
            NewToken made = of(id, role);
            return made.token + System.lineSeparator() + made.line;
        }));
    }
}
