package dev.hypercache.transport.local;

import java.util.Arrays;

/** Something that a node's thread has to do. Exactly one of its methods is called, once. */
interface Delivery {

    /** Does it, on the thread that owns the lane. */
    void deliver();

    /** The node has ended: does only what others wait for. */
    void abandon();

    /** Overwrites bytes that are valid no more, so that whoever kept them notices. */
    static void spoil(byte[] bytes) {
        Arrays.fill(bytes, (byte) 0xA5);
    }
}
