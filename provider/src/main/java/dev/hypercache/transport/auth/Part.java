package dev.hypercache.transport.auth;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The parts of a request that are signed, in the order of the profile.
 *
 * <p>Each is taken as it came, and has the one form in which that is what RFC 9421 makes of it: nothing is decoded, lowered or
 * trimmed, so nothing can be two things.
 */
enum Part {
    METHOD("@method", 16, "[A-Z]+", "capital letters"),

    /** RFC 9421 §2.2.3 has it in lower case, so that is how the field {@code Host} has to be. */
    AUTHORITY(
            "@authority",
            262,
            "[a-z0-9._:\\[\\]-]+",
            "a host in lower case, with its port unless that is the scheme's"),

    PATH("@path", 1_024, "/[!-~&&[^?#]]*", "a slash and visible ASCII characters but ? and #"),

    /** With the question mark, which stands alone if there is no query (RFC 9421 §2.2.7). */
    QUERY("@query", 4_097, "\\?[!-~&&[^#]]*", "a question mark and visible ASCII characters but #"),

    /** The only one that a request may lack. */
    CONTENT_TYPE("content-type", 128, "[!-~]([ -~]*[!-~])?", "ASCII without a blank at either end"),

    /** RFC 9530 §2; the last digit encodes 4 bits and no more, so a digest is written in one way. */
    CONTENT_DIGEST(
            "content-digest",
            54,
            "sha-256=:[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=:",
            "sha-256=: and a SHA-256 in Base64 and :"),

    CLUSTER("hc-cluster", 128, "[A-Za-z0-9._-]+", "of the characters A-Z a-z 0-9 . _ -"),

    TARGET("hc-to", 262, "[A-Za-z0-9._:\\[\\]%-]+", "of the characters A-Z a-z 0-9 . _ : [ ] % -");

    private final String component;
    private final int lengthMax;
    private final Pattern form;
    private final String rule;

    Part(String component, int lengthMax, String form, String rule) {
        this.component = component;
        this.lengthMax = lengthMax;
        this.form = Pattern.compile(form);
        this.rule = rule;
    }

    /** The identifiers of all parts, or of all but the content type. */
    static List<String> components(boolean withContentType) {
        List<String> names = new ArrayList<>();
        for (Part part : values()) {
            if (withContentType || part != CONTENT_TYPE) {
                names.add(part.component);
            }
        }
        return names;
    }

    /** The identifier of RFC 9421; for a field also its name. */
    String component() {
        return component;
    }

    boolean isTooLong(String value) {
        return value.length() > lengthMax;
    }

    boolean allows(String value) {
        return !isTooLong(value) && form.matcher(value).matches();
    }

    /**
     * Checks what is to be sent.
     *
     * @throws IllegalArgumentException if it has another form
     */
    String require(String value) {
        if (!allows(Objects.requireNonNull(value, component))) {
            String start = value.length() > 64 ? value.substring(0, 64) + "..." : value;
            throw new IllegalArgumentException(
                    "\"" + start.replaceAll("[^ -~]", "?") + "\" cannot be signed as " + component + ": it has to be "
                            + rule + ", " + lengthMax + " characters at most. Send it in that form.");
        }
        return value;
    }
}
