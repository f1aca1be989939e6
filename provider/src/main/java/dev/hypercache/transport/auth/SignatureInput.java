package dev.hypercache.transport.auth;

import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The field {@code Signature-Input} of the profile (RFC 9421 §4.1). It is read by comparing with the one text that is written,
 * not as a structured field: what a general reader would take for the same is refused.
 *
 * @param withContentType whether the content type is among the components
 * @param createdSeconds when it was signed, in seconds since 1970-01-01T00:00Z, 1 to 999,999,999,999
 * @param keyId the key, 1 to 64 of {@code A-Z a-z 0-9 . - _}
 * @param nonce what makes this signature another one than all before
 */
record SignatureInput(boolean withContentType, long createdSeconds, String keyId, Nonce nonce) {

    static final String FIELD = "signature-input";

    /** The longest text that this class writes is shorter. */
    static final int LENGTH_MAX = 320;

    private static final String LABEL = "hc=";
    private static final String LIST = SignatureBase.list(Part.components(true));
    private static final String LIST_WITHOUT_TYPE = SignatureBase.list(Part.components(false));
    private static final String CREATED = ";created=";
    private static final String KEY_ID = ";keyid=\"";
    private static final String ALGORITHM_AND_NONCE = "\";alg=\"hmac-sha256\";nonce=\"";
    private static final String TAG = "\";tag=\"hc-rpc-v1\"";

    private static final Pattern FORM = Pattern.compile(
            Pattern.quote(LABEL) + "(" + Pattern.quote(LIST) + "|" + Pattern.quote(LIST_WITHOUT_TYPE) + ")"
                    + CREATED + "([1-9][0-9]{0,11})" + KEY_ID + "([A-Za-z0-9._-]{1,64})"
                    + ALGORITHM_AND_NONCE + "(" + Nonce.FORM + ")" + TAG);

    /**
     * Reads the field.
     *
     * @param text its value
     * @return what it says; null if it differs from the profile by a single byte
     */
    static @Nullable SignatureInput parse(String text) {
        Matcher fields = FORM.matcher(text);
        if (text.length() > LENGTH_MAX || !fields.matches()) {
            return null;
        }
        Nonce nonce = Objects.requireNonNull(Nonce.parse(fields.group(4)), "nonce");
        return new SignatureInput(
                fields.group(1).equals(LIST), Long.parseLong(fields.group(2)), fields.group(3), nonce);
    }

    /** What stands behind the label, and in the last line of the base. */
    String parameters() {
        return (withContentType ? LIST : LIST_WITHOUT_TYPE)
                + CREATED
                + createdSeconds
                + KEY_ID
                + keyId
                + ALGORITHM_AND_NONCE
                + nonce
                + TAG;
    }

    /** The form that {@link #parse} reads. */
    @Override
    public String toString() {
        return LABEL + parameters();
    }
}
