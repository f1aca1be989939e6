package dev.hypercache.security;

import dev.hypercache.spi.security.Role;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

/**
 * A new signing key of 32 random bytes.
 *
 * <p>{@code java -cp ... dev.hypercache.security.NewKey <id> <role>} prints the line for the file that {@link KeyFileReader} reads.
 * The line of the key that signs gets the word {@code signs} behind it.
 */
public final class NewKey {

    static final int KEY_BYTES = 32;

    private NewKey() {}

    /**
     * Makes a key.
     *
     * @param id its id, 1 to 64 of {@code A-Z a-z 0-9 . - _}
     * @param role what it may ask for
     * @return the line for the file of keys, a secret, without its break
     * @throws IllegalArgumentException if the id has another form
     */
    public static String line(String id, Role role) {
        byte[] bytes = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(bytes);
        try {
            return NewLine.of(id, role, "base64:" + Base64.getEncoder().encodeToString(bytes));
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /**
     * Prints the line of a new key.
     *
     * @param args the id and the role
     */
    public static void main(String[] args) {
        System.exit(NewLine.run(args, System.out, System.err, NewKey::line));
    }
}
