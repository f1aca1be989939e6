package dev.hypercache.spi.security;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A shared key that signs and verifies messages (SECURITY §3.1).
 *
 * @param id 1 to 64 of {@code A-Z a-z 0-9 . - _}; travels with each signature
 * @param secret {@value #SECRET_BYTES_LEAST} to {@value #SECRET_BYTES_MOST} bytes
 * @param role what a message signed with it may ask for
 * @param notBeforeMillis first moment of validity, in milliseconds since 1970-01-01T00:00Z
 * @param notAfterMillis last moment of validity, likewise; not before the first
 */
public record SigningKey(String id, Secret secret, Role role, long notBeforeMillis, long notAfterMillis) {

    /** The fewest bytes of a key: the length of a SHA-256 hash, as RFC 2104 §3 advises. */
    public static final int SECRET_BYTES_LEAST = 32;

    /** The most bytes of a key: a block of SHA-256, beyond which a key only gets hashed. */
    public static final int SECRET_BYTES_MOST = 64;

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if the id, the length of the secret or the time span is out of its range
     */
    public SigningKey {
        if (!ID.matcher(Objects.requireNonNull(id, "id")).matches()) {
            throw new IllegalArgumentException("Key id \"" + id.replaceAll("\\p{Cntrl}", "?")
                    + "\": an id has 1 to 64 characters of A-Z a-z 0-9 . - _. Choose another id.");
        }
        int length = Objects.requireNonNull(secret, "secret").length();
        if (length < SECRET_BYTES_LEAST || length > SECRET_BYTES_MOST) {
            throw new IllegalArgumentException("Key \"" + id + "\" has " + length + " bytes: a key has "
                    + SECRET_BYTES_LEAST + " to " + SECRET_BYTES_MOST
                    + " random bytes. Make one with: openssl rand -hex "
                    + SECRET_BYTES_LEAST);
        }
        Objects.requireNonNull(role, "role");
        if (notAfterMillis < notBeforeMillis) {
            throw new IllegalArgumentException("Key \"" + id
                    + "\" ends before it begins: notAfter must not be before notBefore. Correct its dates.");
        }
    }

    /**
     * Makes a key without a time span.
     *
     * @param id its id
     * @param secret its bytes
     * @param role what it may ask for
     * @return a key valid at all times
     * @throws IllegalArgumentException as the constructor
     */
    public static SigningKey unlimited(String id, Secret secret, Role role) {
        return new SigningKey(id, secret, role, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    /**
     * Tells whether the key is valid at a moment.
     *
     * @param nowMillis milliseconds since 1970-01-01T00:00Z
     * @return true within the span, both ends included
     */
    public boolean isValidAt(long nowMillis) {
        return notBeforeMillis <= nowMillis && nowMillis <= notAfterMillis;
    }
}
