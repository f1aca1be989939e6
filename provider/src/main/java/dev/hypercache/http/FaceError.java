package dev.hypercache.http;

import org.jspecify.annotations.Nullable;

/** Every way a request can fail: the code in the answer's body is the constant's name, and stays. */
public enum FaceError {
    /** A field is missing, unknown, out of range or of the wrong form, or the body cannot be read. */
    BAD_REQUEST(400),
    /** There is no such type; the message lists those that there are. */
    UNKNOWN_TYPE(400),
    /** The cache was made for keys or values of another type. */
    WRONG_TYPE(400),
    /** The caller does not prove who it is, or its proof is not accepted; nothing was done. */
    UNAUTHENTICATED(401),
    /** The caller is known and may not do this; nothing was done. */
    FORBIDDEN(403),
    /** The target is not of the form that is served. */
    NOT_FOUND(404),
    /** No cache of that name is open on this node. */
    CACHE_UNKNOWN(404),
    /** The cache has no entry of that key. */
    ABSENT(404),
    /** The path is not served for that method. */
    METHOD(405),
    /** The cache hands its writes to code of the application and takes none over HTTP. */
    WRITE_THROUGH(409),
    /** The cache cannot be written at that consistency level. */
    LEVEL(409),
    /** Another request had the same idempotency key. */
    KEY_REUSED(409),
    /** The entry's value is of a type that cannot be told here. */
    UNREPRESENTABLE(409),
    /** The request must declare the length of its body. */
    LENGTH_REQUIRED(411),
    /** The body is larger than the path takes. */
    TOO_LARGE(413),
    /** Too much is under way or remembered; nothing was done. */
    OVERLOADED(429),
    /** The node failed, and it is not known what was done; its log says more. */
    INTERNAL(500),
    /** The replicas that the level asks for cannot be reached; nothing was done, and nothing will be. */
    NO_QUORUM(503),
    /** Code of an application holds the key for longer than the request could wait; nothing was done. */
    KEY_HELD(503),
    /** The node is about to leave; nothing was done. */
    CLOSED(503),
    /** More signed requests came than the node can remember as seen; nothing was done. */
    REPLAY_MEMORY_FULL(503),
    /** No answer came in time: it may have been done or may yet be, at most once. */
    INDETERMINATE(504);

    private static final FaceError[] ALL = values();

    private final int status;

    FaceError(int status) {
        this.status = status;
    }

    /** The HTTP status of the answer. */
    public int status() {
        return status;
    }

    /** The error that stands for a refusal of the gate; null if there is none of that status. */
    static @Nullable FaceError ofGate(int status) {
        if (status == REPLAY_MEMORY_FULL.status) {
            return REPLAY_MEMORY_FULL;
        }
        for (FaceError error : ALL) {
            if (error.status == status && error != OVERLOADED && status < 500) {
                return error;
            }
        }
        return null;
    }
}
