package dev.hypercache.codec;

/** Store by reference: a handle is the object itself. */
final class ReferenceHandles implements Handles {
    static final Handles INSTANCE = new ReferenceHandles();

    private ReferenceHandles() {}

    @Override
    public Object handleOf(Object value) {
        return value;
    }

    @Override
    public Object valueOf(Object handle) {
        return handle;
    }

    @Override
    public Object keyHandleOf(Object key) {
        return key;
    }

    @Override
    public Object keyOf(Object keyHandle) {
        return keyHandle;
    }

    @Override
    public boolean sameValue(Object handle, Object valueOrHandle) {
        return handle.equals(valueOrHandle);
    }

    @Override
    public long weigh(Object keyHandle, Object valueHandle) {
        long key = FlatWeight.of(keyHandle);
        long value = FlatWeight.of(valueHandle);
        return key < 0 || value < 0 ? UNKNOWN_WEIGHT : key + value;
    }
}
