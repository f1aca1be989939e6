package dev.hypercache.http;

import java.io.Serial;

/** A request that is answered with an error. */
final class FaceFailure extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final FaceError error;

    FaceFailure(FaceError error, String message) {
        super(message, null, false, false);
        this.error = error;
    }

    static FaceFailure badRequest(String message) {
        return new FaceFailure(FaceError.BAD_REQUEST, message);
    }

    FaceError error() {
        return error;
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
