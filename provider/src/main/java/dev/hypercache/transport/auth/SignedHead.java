package dev.hypercache.transport.auth;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What is signed of a request: all parts, or all but the content type if the request has none. A component that is absent
 * cannot be listed (RFC 9421 §2.5), so the profile has these two lists and no others.
 *
 * @param parts each in its form; never changed
 */
record SignedHead(Map<Part, String> parts) {

    boolean hasContentType() {
        return parts.containsKey(Part.CONTENT_TYPE);
    }

    String contentDigest() {
        return valueOf(Part.CONTENT_DIGEST);
    }

    String cluster() {
        return valueOf(Part.CLUSTER);
    }

    String target() {
        return valueOf(Part.TARGET);
    }

    /** The bytes that are signed. */
    ByteBuffer base(SignatureInput input) {
        List<Component> components = new ArrayList<>(parts.size());
        for (Map.Entry<Part, String> part : parts.entrySet()) { // An EnumMap, so in the order of the profile.
            components.add(new Component(part.getKey().component(), part.getValue()));
        }
        return ByteBuffer.wrap(SignatureBase.of(components, input.parameters()).getBytes(US_ASCII));
    }

    private String valueOf(Part part) {
        String value = parts.get(part);
        if (value == null) {
            throw new IllegalStateException("The head lacks " + part.component() + ", which every one has. Put it in.");
        }
        return value;
    }
}
