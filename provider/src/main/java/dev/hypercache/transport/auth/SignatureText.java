package dev.hypercache.transport.auth;

import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The field {@code Signature} of the profile (RFC 9421 §4.2): the label and the 32 bytes of an HMAC-SHA256 in Base64. */
final class SignatureText {

    static final String FIELD = "signature";

    static final int LENGTH = 49;

    private static final String BEFORE = "hc=:";
    private static final String BEHIND = ":";

    /** The last digit encodes 4 bits and no more, so that a signature is written in one way. */
    private static final Pattern FORM = Pattern.compile(BEFORE + "[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=" + BEHIND);

    private SignatureText() {}

    static String of(byte[] signature) {
        return BEFORE + Base64.getEncoder().encodeToString(signature) + BEHIND;
    }

    /**
     * Reads the field.
     *
     * @param text its value
     * @return the signature; null if the text has another form
     */
    static byte @Nullable [] parse(String text) {
        return text.length() != LENGTH || !FORM.matcher(text).matches()
                ? null
                : Base64.getDecoder().decode(text.substring(BEFORE.length(), LENGTH - BEHIND.length()));
    }
}
