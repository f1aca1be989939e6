package dev.hypercache.security;

import dev.hypercache.spi.security.Secret;
import dev.hypercache.spi.security.SecretUnavailableException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * How a secret is written down: {@code base64:...}, {@code hex:...}, or else the bytes themselves.
 *
 * <p>The prefix decides, never the look of the bytes: a password that happens to be valid Base64 stays what it is. One line
 * break at the end, as editors and {@code echo} leave it, does not belong to the secret; with a prefix, other blanks at
 * the end don't either. Base64 is that of RFC 4648 §4 with its padding; hexadecimal digits may be of either case.
 */
final class SecretEncoding {

    private static final byte[] BASE64 = "base64:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] HEX = "hex:".getBytes(StandardCharsets.US_ASCII);

    private SecretEncoding() {}

    /**
     * Decodes a secret and zeroes what it was decoded from.
     *
     * @param written what was read; zeroed afterwards
     * @param place where from, for messages
     * @return the secret
     * @throws SecretUnavailableException if there is nothing or it is malformed; the message shows none of it
     */
    static Secret decode(byte[] written, String place) {
        byte[] bytes = new byte[0];
        try {
            bytes = bytesOf(written, place);
            return secretOf(bytes, place);
        } finally {
            Arrays.fill(written, (byte) 0);
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /**
     * Takes a secret as it stands, whatever it begins with, less one line break at the end, and zeroes what it was taken from.
     *
     * @param written what was read; zeroed afterwards
     * @param place where from, for messages
     * @return the secret
     * @throws SecretUnavailableException if there is nothing
     */
    static Secret verbatim(byte[] written, String place) {
        byte[] bytes = withoutLineBreak(written);
        try {
            return secretOf(bytes, place);
        } finally {
            Arrays.fill(written, (byte) 0);
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /**
     * Tells whether a secret is written with a prefix.
     *
     * @param written what was read
     * @return whether it begins with {@code base64:} or {@code hex:}
     */
    static boolean hasPrefix(byte[] written) {
        return startsWith(written, BASE64) || startsWith(written, HEX);
    }

    private static Secret secretOf(byte[] bytes, String place) {
        if (bytes.length == 0) {
            throw new SecretUnavailableException(
                    place + " is empty: a secret has at least 1 byte. Write the secret there.");
        }
        return Secret.copyOf(bytes);
    }

    private static byte[] bytesOf(byte[] written, String place) {
        if (startsWith(written, BASE64)) {
            return base64(written, place);
        }
        return startsWith(written, HEX) ? hex(written, place) : withoutLineBreak(written);
    }

    private static byte[] withoutLineBreak(byte[] written) {
        int end = written.length;
        end -= end > 0 && written[end - 1] == '\n' ? 1 : 0;
        end -= end > 0 && end < written.length && written[end - 1] == '\r' ? 1 : 0;
        return Arrays.copyOf(written, end);
    }

    private static byte[] base64(byte[] written, String place) {
        byte[] digits = Arrays.copyOfRange(written, BASE64.length, endOfText(written));
        try {
            return Base64.getDecoder().decode(digits);
        } catch (IllegalArgumentException e) {
            // The JDK's message tells a byte of the secret, so neither it nor the exception is passed on.
            throw new SecretUnavailableException(place
                    + " begins with base64: but what follows is not Base64 (RFC 4648 section 4)."
                    + " Write it with: openssl rand -base64 32");
        } finally {
            Arrays.fill(digits, (byte) 0);
        }
    }

    private static byte[] hex(byte[] written, String place) {
        int start = HEX.length;
        int count = endOfText(written) - start;
        byte[] bytes = new byte[count / 2];
        boolean legal = count % 2 == 0;
        for (int i = 0; legal && i < bytes.length; i++) {
            int high = Character.digit(written[start + 2 * i], 16);
            int low = Character.digit(written[start + 2 * i + 1], 16);
            legal = high >= 0 && low >= 0;
            bytes[i] = (byte) (high << 4 | low);
        }
        if (!legal) {
            Arrays.fill(bytes, (byte) 0);
            throw new SecretUnavailableException(place
                    + " begins with hex: but what follows is not an even number of hexadecimal digits."
                    + " Write it with: openssl rand -hex 32");
        }
        return bytes;
    }

    private static int endOfText(byte[] written) {
        int end = written.length;
        while (end > 0 && (written[end - 1] == '\n' || written[end - 1] == '\r' || written[end - 1] == ' ')) {
            end--;
        }
        return end;
    }

    private static boolean startsWith(byte[] written, byte[] prefix) {
        return written.length >= prefix.length && Arrays.equals(written, 0, prefix.length, prefix, 0, prefix.length);
    }
}
