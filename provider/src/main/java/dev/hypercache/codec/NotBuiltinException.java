package dev.hypercache.codec;

/** Tells the registry that a value holds an object without a built-in encoding. Control flow: carries no stack trace. */
final class NotBuiltinException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotBuiltinException(Class<?> type) {
        super(type.getName() + " has no built-in encoding", null, false, false);
    }
}
