package dev.hypercache.core.message;

/**
 * Where the machines of a node put what others are to hear.
 *
 * <p>A message may be lost, delayed, repeated or overtaken. One to the node itself arrives as any other. Implementations
 * do not call back into the sender.
 */
@FunctionalInterface
public interface Outbox {

    /**
     * Sends a message.
     *
     * @param member the receiver's short id
     */
    void send(int member, Message message);
}
