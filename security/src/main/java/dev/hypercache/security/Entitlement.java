package dev.hypercache.security;

import dev.hypercache.spi.security.Role;
import dev.hypercache.spi.security.SecretUnavailableException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the lines of tokens and of keys have in common: {@code <id> <role> <secret> [not-before=<instant>]
 * [not-after=<instant>]}, with the instants in ISO 8601 as {@code 2030-01-31T00:00:00Z}.
 *
 * @param id 1 to 64 of {@code A-Z a-z 0-9 . - _}
 * @param role what its bearer may ask for
 * @param notBeforeMillis first moment of validity, in milliseconds since 1970-01-01T00:00Z
 * @param notAfterMillis last moment of validity, likewise; not before the first
 * @param signs whether the word {@value #SIGNS} is there
 */
record Entitlement(String id, Role role, long notBeforeMillis, long notAfterMillis, boolean signs) {

    /** Where the secret stands. */
    static final int SECRET_WORD = 2;

    static final String SIGNS = "signs";

    private static final String NOT_BEFORE = "not-before=";
    private static final String NOT_AFTER = "not-after=";
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /**
     * Reads all of a line but its secret.
     *
     * @param line the line
     * @param form how such a line looks, for messages
     * @return what it says
     * @throws SecretUnavailableException if it has another form
     */
    static Entitlement of(WordLine line, String form) {
        if (line.size() <= SECRET_WORD) {
            throw line.refusal("has " + line.size() + " words. Write it as: " + form);
        }
        String id = line.text(0);
        requireId(id, line);
        Role role = roleOf(line);
        long notBeforeMillis = Long.MIN_VALUE;
        long notAfterMillis = Long.MAX_VALUE;
        Set<String> seen = new HashSet<>();
        for (int i = SECRET_WORD + 1; i < line.size(); i++) {
            String option = line.text(i);
            if (!seen.add(nameOf(option))) {
                throw line.refusal("says something twice behind its third word. Write it as: " + form);
            }
            if (option.startsWith(NOT_BEFORE)) {
                notBeforeMillis = millisOf(option.substring(NOT_BEFORE.length()), line);
            } else if (option.startsWith(NOT_AFTER)) {
                notAfterMillis = millisOf(option.substring(NOT_AFTER.length()), line);
            } else if (!option.equals(SIGNS)) {
                throw line.refusal("has an unknown word at place " + (i + 1) + ". Write it as: " + form);
            }
        }
        if (notAfterMillis < notBeforeMillis) {
            throw line.refusal("ends before it begins: not-after must not be before not-before. Correct its dates.");
        }
        return new Entitlement(id, role, notBeforeMillis, notAfterMillis, seen.contains(SIGNS));
    }

    boolean isValidAt(long nowMillis) {
        return notBeforeMillis <= nowMillis && nowMillis <= notAfterMillis;
    }

    /** Tells whether a word may name a token or a key. */
    static boolean isId(String word) {
        return ID.matcher(word).matches();
    }

    private static String nameOf(String option) {
        int equals = option.indexOf('=');
        return equals < 0 ? option : option.substring(0, equals + 1);
    }

    private static void requireId(String id, WordLine line) {
        if (!isId(id)) {
            throw line.refusal(
                    "does not begin with an id, 1 to 64 characters of A-Z a-z 0-9 . - _. Choose another id.");
        }
    }

    private static Role roleOf(WordLine line) {
        try {
            return Role.ofLabel(line.text(1));
        } catch (IllegalArgumentException e) {
            // The message shows the word, which may be a secret in the wrong place.
            throw line.refusal("has a second word that is no role. Write member, client, admin or metrics there.");
        }
    }

    private static long millisOf(String instant, WordLine line) {
        try {
            return Instant.parse(instant).toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            throw line.refusal("has a date that is not of the form 2030-01-31T00:00:00Z. Correct it.");
        }
    }
}
