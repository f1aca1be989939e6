package dev.hypercache.runtime.call;

/**
 * What the definition of a cache says of it. A definition that does not mention a trait says its {@link #usual} value, so that
 * a later version may know further traits.
 *
 * <p>Nodes must say the same of a trait on which what is stored, or who may rely on it, depends. On others they may differ, and
 * that is reported.
 */
public enum CacheTrait {
    /** The class of the keys: a node that expects another one cannot read them. */
    KEY_TYPE("key.type", "java.lang.Object", true, "call setTypes with the same classes on all nodes"),

    /** The class of the values, likewise. */
    VALUE_TYPE("value.type", "java.lang.Object", true, "call setTypes with the same classes on all nodes"),

    /** Who orders the writes, and which reads see them: fixed for the life of a cache. */
    WRITE_LEVEL("consistency.write", "QUORUM", true, "set consistency.write alike on all nodes"),

    /** Whether writes reach a store of the application: those of a node that does not write through would be missing there. */
    WRITE_THROUGH("write.through", "false", true, "call setWriteThrough alike on all nodes"),

    /** Whether entries are copies. */
    STORE_BY_VALUE("store.by.value", "true", true, "call setStoreByValue(true), references do not cross a network"),

    /** Whether misses are loaded by the node that asks. */
    READ_THROUGH("read.through", "false", false, "call setReadThrough alike on all nodes"),

    /** How long what this node writes lives: a standard policy with its duration, or the class of another one. */
    EXPIRY("expiry", "eternal", false, "use the same expiry policy on all nodes"),

    /** The most entries; while nodes differ, leaders follow what they heard last. */
    ENTRIES_MAX("max.entries", "unbounded", false, "set max.entries alike on all nodes"),

    /** The most bytes, likewise. */
    BYTES_MAX("max.bytes", "unbounded", false, "set max.bytes alike on all nodes"),

    /** The level at which this node reads when the call does not say. */
    READ_LEVEL("consistency.read", "QUORUM", false, "set consistency.read alike on all nodes"),

    /** What this node encodes values with that the built-in codec does not know; all nodes read all codecs. */
    CODEC("codec.default", "AUTO", false, "set hypercache.codec.default alike on all nodes");

    private final String key;
    private final String usual;
    private final boolean shared;
    private final String remedy;

    CacheTrait(String key, String usual, boolean shared, String remedy) {
        this.key = key;
        this.usual = usual;
        this.shared = shared;
        this.remedy = remedy;
    }

    /** What definitions call it. */
    public String key() {
        return key;
    }

    /** What it is where a definition says nothing. */
    public String usual() {
        return usual;
    }

    /** Whether all nodes that have the cache open must say the same. */
    public boolean isShared() {
        return shared;
    }

    /** What to do where nodes differ. */
    public String remedy() {
        return remedy;
    }
}
