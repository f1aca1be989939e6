package dev.hypercache.transport.auth;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The head of a request that has come, before anything of it is believed: read in the order sizes, duplicates, presence, form.
 *
 * <p>For one request and one thread.
 */
final class ReceivedHead {

    private static final String HOST = "host";

    private final Map<Part, String> parts = new EnumMap<>(Part.class);
    private final FieldLookup fields;
    private @Nullable SignatureInput input;
    private byte @Nullable [] signature;

    ReceivedHead(FieldLookup fields) {
        this.fields = fields;
    }

    /**
     * Reads the head; the other methods may be called if that succeeds.
     *
     * @param query without its question mark
     * @return null if it has the form of the profile, else why not
     */
    @Nullable
    RefusalReason read(String method, String path, String query) {
        parts.put(Part.METHOD, method);
        parts.put(Part.PATH, path);
        parts.put(Part.QUERY, "?" + query);
        boolean isTooLong = hasTooLong(SignatureInput.FIELD, SignatureInput.LENGTH_MAX)
                || hasTooLong(SignatureText.FIELD, SignatureText.LENGTH);
        for (Part part : Part.values()) {
            isTooLong |= hasTooLong(part);
        }
        if (isTooLong) {
            return RefusalReason.MALFORMED;
        }
        RefusalReason reason = take();
        return reason != null ? reason : reasonOfForm();
    }

    SignedHead signedHead() {
        return new SignedHead(parts);
    }

    SignatureInput input() {
        return Objects.requireNonNull(input, "input");
    }

    byte[] signature() {
        return Objects.requireNonNull(signature, "signature");
    }

    private boolean hasTooLong(Part part) {
        String known = parts.get(part);
        if (known != null) {
            return part.isTooLong(known);
        }
        boolean isTooLong = false;
        for (String value : valuesOf(fieldOf(part))) {
            isTooLong |= part.isTooLong(value);
        }
        return isTooLong;
    }

    private boolean hasTooLong(String field, int lengthMax) {
        boolean isTooLong = false;
        for (String value : valuesOf(field)) {
            isTooLong |= value.length() > lengthMax;
        }
        return isTooLong;
    }

    private @Nullable RefusalReason take() {
        boolean isTwice = valuesOf(SignatureInput.FIELD).size() > 1
                || valuesOf(SignatureText.FIELD).size() > 1;
        boolean isMissing = valuesOf(SignatureInput.FIELD).isEmpty()
                || valuesOf(SignatureText.FIELD).isEmpty();
        for (Part part : Part.values()) {
            if (!parts.containsKey(part)) {
                List<String> values = valuesOf(fieldOf(part));
                isTwice |= values.size() > 1;
                isMissing |= values.isEmpty() && part != Part.CONTENT_TYPE;
                values.forEach(value -> parts.put(part, value));
            }
        }
        if (isTwice) {
            return RefusalReason.DUPLICATED;
        }
        return isMissing ? RefusalReason.MISSING : null;
    }

    private @Nullable RefusalReason reasonOfForm() {
        boolean isLegal = true;
        for (Map.Entry<Part, String> part : parts.entrySet()) {
            isLegal &= part.getKey().allows(part.getValue());
        }
        SignatureInput read =
                SignatureInput.parse(valuesOf(SignatureInput.FIELD).get(0));
        signature = SignatureText.parse(valuesOf(SignatureText.FIELD).get(0));
        input = read;
        isLegal &= signature != null && read != null && read.withContentType() == parts.containsKey(Part.CONTENT_TYPE);
        return isLegal ? null : RefusalReason.MALFORMED;
    }

    private List<String> valuesOf(String field) {
        List<String> values = fields.valuesOf(field);
        return values == null ? List.of() : values;
    }

    private static String fieldOf(Part part) {
        return part == Part.AUTHORITY ? HOST : part.component();
    }
}
