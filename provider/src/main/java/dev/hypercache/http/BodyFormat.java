package dev.hypercache.http;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How bodies are written.
 *
 * <p>Between the formats and everything else stand trees of maps with text keys, lists, {@link String}, {@link Long}, {@link
 * Double}, {@link Boolean}, {@code byte[]} and null. Stateless.
 */
interface BodyFormat {

    /** Containers inside containers. */
    int DEPTH_MAX = 16;

    /** Values, keys and containers of one body. */
    int TOKENS_MAX = 10_000;

    BodyFormat JSON = new JsonFormat();
    BodyFormat MSGPACK = new MsgpackFormat();

    /** The type in the header {@code Content-Type}. */
    String mediaType();

    /**
     * Reads a body, which must be one map and nothing behind it.
     *
     * @throws FaceFailure if it is not, or exceeds a bound
     */
    Map<String, @Nullable Object> read(byte[] body);

    /** Writes an answer. */
    byte[] write(Map<String, ?> answer);

    /**
     * The format of a body.
     *
     * @param contentType the header, null if there is none
     * @throws FaceFailure if it names none that is read here
     */
    static BodyFormat ofContentType(@Nullable String contentType) {
        String type =
                contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        switch (type) {
            case "application/json":
                return JSON;
            case "application/msgpack", "application/x-msgpack", "application/vnd.msgpack":
                return MSGPACK;
            default:
                throw FaceFailure.badRequest(
                        "the Content-Type of a body is application/json or application/msgpack, and not '" + type
                                + "'");
        }
    }

    /**
     * The format of an answer: the first that the caller accepts, else that of the request's body, else JSON.
     *
     * @param accept the header, null if there is none
     * @param contentType the header of the request, null if there is none
     */
    static BodyFormat ofAnswer(@Nullable String accept, @Nullable String contentType) {
        String wanted = accept == null ? "" : accept.toLowerCase(Locale.ROOT);
        int json = wanted.indexOf("application/json");
        int msgpack = wanted.indexOf("msgpack");
        if (json < 0 && msgpack < 0) {
            return contentType != null && contentType.contains("msgpack") ? MSGPACK : JSON;
        }
        return msgpack >= 0 && (json < 0 || msgpack < json) ? MSGPACK : JSON;
    }
}
