package dev.hypercache.http;

import dev.hypercache.transport.http.Explanation;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What a caller of entries is told when it is turned away before its request was looked at: one text for each error, whatever
 * the reason was (SECURITY R14). Nothing was done then.
 */
final class TurnedAway {

    private TurnedAway() {}

    /** Explains a refusal of the gate; null if the face has no error of that status. */
    static @Nullable Explanation explain(int status, HeaderMap request) {
        FaceError error = FaceError.ofGate(status);
        if (error == null) {
            return null;
        }
        BodyFormat format = formatFor(request);
        return new Explanation(format.mediaType(), format.write(answer(error).body()));
    }

    /** The format that a caller reads. */
    static BodyFormat formatFor(HeaderMap request) {
        return BodyFormat.ofAnswer(request.getFirst(Headers.ACCEPT), request.getFirst(Headers.CONTENT_TYPE));
    }

    /**
     * Answers a request whose body could not be read to its end.
     *
     * @param statusOfBody the status if it was read and is not the one that was signed, or came before; else 0
     */
    static FaceAnswer unreadable(int statusOfBody) {
        FaceError error = FaceError.ofGate(statusOfBody);
        return error == null
                ? FaceAnswer.failed(FaceError.BAD_REQUEST, "the body ends before its Content-Length; nothing was done")
                : answer(error);
    }

    private static FaceAnswer answer(FaceError error) {
        return FaceAnswer.failed(error, textOf(error));
    }

    private static String textOf(FaceError error) {
        return switch (error) {
            case UNAUTHENTICATED ->
                "this node asks who calls, and no proof that it accepts came with the request; " + "nothing was done";
            case FORBIDDEN -> "the caller may not do this; nothing was done";
            case REPLAY_MEMORY_FULL -> "the node can remember no more signed requests now; nothing was done";
            default -> "the request was turned away before it was looked at";
        };
    }
}
