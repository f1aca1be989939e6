package dev.hypercache.http;

import dev.hypercache.http.Target.Fields;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is said to a caller.
 *
 * @param status the HTTP status
 * @param error what went wrong, null if nothing did
 * @param body the body as a tree
 * @param isRepeat whether an earlier request has got it already
 */
record FaceAnswer(int status, @Nullable FaceError error, Map<String, @Nullable Object> body, boolean isRepeat) {

    static FaceAnswer ok(Map<String, @Nullable Object> body) {
        return new FaceAnswer(200, null, body, false);
    }

    static FaceAnswer failed(FaceError error, String message) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put(Fields.CODE, error.name());
        body.put(Fields.MESSAGE, message);
        return new FaceAnswer(error.status(), error, body, false);
    }

    FaceAnswer repeated() {
        return new FaceAnswer(status, error, body, true);
    }

    /** Whether something was done or may have been, so that the request must not be performed again. */
    boolean isFinal() {
        return error == null || error == FaceError.INDETERMINATE || error == FaceError.INTERNAL;
    }
}
