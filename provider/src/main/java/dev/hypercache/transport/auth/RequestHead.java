package dev.hypercache.transport.auth;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that is to be signed: all but its body and what signing adds. Send it exactly so.
 *
 * @param method in capital letters, up to 16
 * @param authority the field {@code Host}, in lower case, up to 262 characters; without a port that is the scheme's own
 * @param path begins with a slash, up to 1,024 visible ASCII characters; encoded as it is sent
 * @param query without its question mark, up to 4,096 visible ASCII characters; empty if there is none
 * @param contentType the field {@code Content-Type}, up to 128 characters; null if the request has none
 */
public record RequestHead(
        String method,
        String authority,
        String path,
        String query,
        @Nullable String contentType) {

    /**
     * Checks the forms.
     *
     * @throws IllegalArgumentException if a part has another form; the message names it
     */
    public RequestHead {
        Part.METHOD.require(method);
        Part.AUTHORITY.require(authority);
        Part.PATH.require(path);
        Part.QUERY.require("?" + query);
        if (contentType != null) {
            Part.CONTENT_TYPE.require(contentType);
        }
    }

    Map<Part, String> parts() {
        Map<Part, String> parts = new EnumMap<>(Part.class);
        parts.put(Part.METHOD, method);
        parts.put(Part.AUTHORITY, authority);
        parts.put(Part.PATH, path);
        parts.put(Part.QUERY, "?" + query);
        if (contentType != null) {
            parts.put(Part.CONTENT_TYPE, contentType);
        }
        return parts;
    }
}
