package dev.hypercache.cluster;

/** A method of JCache as far as one key is concerned: one on many keys is a call for each of them, all at the same time. */
enum JcacheCall {
    GET,
    GET_ALL,
    PUT,
    PUT_ALL,
    PUT_IF_ABSENT,
    REPLACE,
    REPLACE_IF_EQUAL,
    REMOVE,
    REMOVE_IF_EQUAL,
    REMOVE_ALL,
    GET_AND_PUT,
    GET_AND_REPLACE,
    GET_AND_REMOVE,
    /** Of a whole cache. */
    CLEAR,
    /** Adds one to a number, by an entry processor or by a loop of get and replace. */
    INCREMENT;

    boolean isRead() {
        return this == GET || this == GET_ALL;
    }
}
