package dev.hypercache.spi.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What became of one call. */
public final class Outcome implements ReplyHandler {

    private final BlockingQueue<Object> answers = new LinkedBlockingQueue<>();

    @Override
    public void onReply(ByteBuffer reply) {
        byte[] bytes = new byte[reply.remaining()];
        reply.get(bytes);
        answers.add(bytes);
    }

    @Override
    public void onFailure(CallFailure failure) {
        answers.add(failure);
    }

    public byte[] awaitReply() throws InterruptedException {
        Object answer = await();
        assertThat(answer).isInstanceOf(byte[].class);
        return (byte[]) answer;
    }

    public CallFailure awaitFailure() throws InterruptedException {
        Object answer = await();
        assertThat(answer).isInstanceOf(CallFailure.class);
        return (CallFailure) answer;
    }

    public Object await() throws InterruptedException {
        Object answer = answers.poll(TransportNodes.AWAIT_SECONDS, TimeUnit.SECONDS);
        assertThat(answer).as("the answer to a call").isNotNull();
        return answer;
    }

    /** True once there is an answer that nobody took. */
    public boolean isAnswered() {
        return !answers.isEmpty();
    }
}
