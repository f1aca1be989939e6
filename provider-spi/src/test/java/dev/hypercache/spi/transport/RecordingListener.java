package dev.hypercache.spi.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.spi.Payload;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Keeps news and posts, and answers requests as it is told: with what they asked, at first. */
public final class RecordingListener implements TransportListener {

    private final List<String> events = new CopyOnWriteArrayList<>();
    private final BlockingQueue<String> news = new LinkedBlockingQueue<>();
    private final BlockingQueue<byte[]> posts = new LinkedBlockingQueue<>();
    private final AtomicInteger callsAfterEnd = new AtomicInteger();
    private volatile Consumer<Request> onRequest =
            request -> request.responder().reply(request.echo());
    private volatile Consumer<byte[]> onMessage = posts::add;
    private volatile Predicate<byte[]> allowed = message -> false;
    private volatile @Nullable RemotePeer lastPoster;
    private volatile Runnable beforeNews = () -> {};
    private volatile boolean ended;

    /** What a peer asked; the buffer is the one that the transport gave. */
    public record Request(RemotePeer from, byte[] bytes, ByteBuffer buffer, long timeoutNanos, Responder responder) {

        /** The same bytes again. */
        public Frame echo() {
            return Frame.of(Payload.of(bytes));
        }
    }

    public void onRequest(Consumer<Request> action) {
        onRequest = action;
    }

    public void onMessage(Consumer<byte[]> action) {
        onMessage = action;
    }

    /** What clients may send; nothing, at first. */
    public void allow(Predicate<byte[]> messages) {
        allowed = messages;
    }

    @Override
    public boolean allows(RemotePeer from, ByteBuffer message) {
        return allowed.test(copy(message));
    }

    /** Does something first whenever a peer comes or goes. */
    public void beforeNews(Runnable action) {
        beforeNews = action;
    }

    @Override
    public void onCall(RemotePeer from, ByteBuffer request, long timeoutNanos, Responder responder) {
        note("call");
        onRequest.accept(new Request(from, copy(request), request, timeoutNanos, responder));
    }

    @Override
    public void onPost(RemotePeer from, ByteBuffer message) {
        note("post");
        lastPoster = from;
        onMessage.accept(copy(message));
    }

    @Override
    public void onConnected(RemotePeer peer) {
        beforeNews.run();
        note("connected " + peer.id());
        news.add("connected " + peer.id());
    }

    @Override
    public void onDisconnected(RemotePeer peer, boolean reset) {
        beforeNews.run();
        note("disconnected " + peer.id());
        news.add((reset ? "reset " : "disconnected ") + peer.id());
    }

    private void note(String event) {
        if (ended) {
            callsAfterEnd.incrementAndGet();
        }
        if (events.size() < 10) {
            events.add(event);
        }
    }

    private static byte[] copy(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    /** The first few calls of this listener. */
    public List<String> firstEvents() {
        return events;
    }

    public String awaitNews() throws InterruptedException {
        String next = news.poll(TransportNodes.AWAIT_SECONDS, TimeUnit.SECONDS);
        assertThat(next).as("news of a peer").isNotNull();
        return next;
    }

    public byte[] awaitPost() throws InterruptedException {
        byte[] next = posts.poll(TransportNodes.AWAIT_SECONDS, TimeUnit.SECONDS);
        assertThat(next).as("a post").isNotNull();
        return next;
    }

    /** Who sent the last post that came. */
    public @Nullable RemotePeer lastPoster() {
        return lastPoster;
    }

    /** From now on nobody may call. */
    public void expectEnd() {
        ended = true;
    }

    public int callsAfterEnd() {
        return callsAfterEnd.get();
    }
}
