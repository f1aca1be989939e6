package dev.hypercache.security;

import dev.hypercache.spi.security.Secret;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Function;

/** A password as the characters that key stores and ciphers ask for. */
final class PasswordCharacters {

    private PasswordCharacters() {}

    /**
     * Lends a password for the time of one call, as characters that are zeroed afterwards.
     *
     * @param password the password in UTF-8
     * @param use what to do with it; it must not keep the array
     * @param <T> what comes of it
     * @return what came of it
     */
    static <T> T use(Secret password, Function<char[], T> use) {
        return password.use(bytes -> {
            CharBuffer decoded = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes));
            char[] characters = Arrays.copyOf(decoded.array(), decoded.limit());
            try {
                return use.apply(characters);
            } finally {
                Arrays.fill(characters, '\0');
                Arrays.fill(decoded.array(), '\0');
            }
        });
    }
}
