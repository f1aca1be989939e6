package dev.hypercache.transport.undertow;

import dev.hypercache.spi.Address;
import dev.hypercache.spi.Peer;
import dev.hypercache.spi.security.TlsMaterial;
import dev.hypercache.spi.transport.CallFailure;
import dev.hypercache.transport.auth.RejectedCallerException;
import dev.hypercache.transport.http.TlsChannels;
import dev.hypercache.transport.undertow.wire.Hello;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.xnio.IoFuture;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.XnioIoThread;
import org.xnio.http.HandshakeChecker;
import org.xnio.http.HttpUpgrade;
import org.xnio.http.UpgradeFailedException;
import org.xnio.ssl.SslConnection;

/**
 * One try to reach a peer: look up its name, connect, ask for the upgrade, greet. From the greeting on the connection itself
 * watches its time.
 */
final class DialAttempt {

    private static final OptionMap SOCKET = OptionMap.create(Options.TCP_NODELAY, true, Options.KEEP_ALIVE, true);

    private final Stripe stripe;
    private final MuxNode node;
    private final Peer peer;
    private final long deadlineNanos;

    private volatile @Nullable Closeable underWay;
    private volatile @Nullable DialledSide side;
    private volatile boolean cancelled;
    /** Written and read by the thread of the connection alone. */
    private @Nullable FrameKeys keys;

    DialAttempt(Stripe stripe) {
        this.stripe = stripe;
        this.node = stripe.link().node();
        this.peer = stripe.link().peer();
        this.deadlineNanos = System.nanoTime() + node.settings().helloNanos();
    }

    /** Whether a side came of this attempt. */
    boolean made(DialledSide candidate) {
        return side == candidate;
    }

    void start() {
        node.add(this);
        try {
            node.worker().execute(this::lookUp);
        } catch (RejectedExecutionException closed) {
            lost("the transport was closed");
        }
    }

    private void lookUp() {
        Address address = peer.address();
        InetSocketAddress target = new InetSocketAddress(address.host(), address.port());
        if (target.isUnresolved()) {
            lost("the name " + address.host() + " has no address");
            return;
        }
        XnioIoThread thread = node.ioThread(stripe.index());
        try {
            thread.execute(() -> connect(thread, target));
        } catch (RejectedExecutionException closed) {
            lost("the transport was closed");
        }
    }

    private void connect(XnioIoThread thread, InetSocketAddress target) {
        if (cancelled) {
            return;
        }
        IoFuture<StreamConnection> connecting = thread.openStreamConnection(target, this::connected, SOCKET);
        underWay = connecting::cancel;
        connecting.addNotifier(
                new IoFuture.HandlingNotifier<StreamConnection, Object>() {
                    @Override
                    public void handleFailed(IOException why, @Nullable Object none) {
                        lost("nobody answers at " + peer.address() + ": " + why.getMessage());
                    }
                },
                null);
    }

    private void connected(StreamConnection channel) {
        underWay = channel;
        if (cancelled) {
            IoUtils.safeClose(channel);
            return;
        }
        TlsChannels tls = node.trust().tls();
        if (tls == null) {
            upgrade(channel, "http", null);
        } else {
            Address address = peer.address();
            TlsChannels.Secured secured = tls.dialled(channel, address.host(), address.port());
            underWay = secured.channel();
            // A handshake that only writing asks for stops where one read brings several of its messages.
            secured.channel().getSourceChannel().setReadListener(handshaking -> {});
            secured.channel().getSourceChannel().resumeReads();
            upgrade(secured.channel(), "https", secured.material());
        }
    }

    private void upgrade(StreamConnection channel, String scheme, @Nullable TlsMaterial material) {
        URI uri = URI.create(scheme + "://" + peer.address() + MuxDoor.PATH);
        Map<String, String> headers = new HashMap<>(Map.of(
                "Upgrade",
                MuxDoor.PRODUCT,
                "Connection",
                "Upgrade",
                "Host",
                peer.address().toString()));
        try {
            sign(headers);
        } catch (IllegalStateException noKey) {
            IoUtils.safeClose(channel);
            lost(String.valueOf(noKey.getMessage()));
            return;
        }
        HandshakeChecker checker = DialAttempt::check;
        HttpUpgrade.performUpgrade(channel, uri, headers, made -> upgraded(made, material), checker)
                .addNotifier(
                        new IoFuture.HandlingNotifier<StreamConnection, Object>() {
                            @Override
                            public void handleFailed(IOException why, @Nullable Object none) {
                                IoUtils.safeClose(channel);
                                notUpgraded(why);
                            }
                        },
                        null);
    }

    private void sign(Map<String, String> headers) {
        FrameAuthentication authentication = node.trust().authentication();
        if (authentication != null) {
            SignedUpgrade signed = authentication.sign(peer);
            headers.putAll(signed.headers());
            keys = new FrameKeys(authentication, signed.proof());
        }
    }

    private static void check(Map<String, String> headers) throws IOException {
        if (!MuxDoor.PRODUCT.equals(headers.get("upgrade"))) {
            throw new UpgradeFailedException("it upgrades to something else");
        }
    }

    private void notUpgraded(IOException why) {
        String detail = why instanceof SSLException
                ? "TLS with " + peer.address() + " fails: " + why.getMessage()
                : peer.address() + " does not speak " + MuxDoor.PRODUCT + ": " + why.getMessage();
        boolean isTemporary = String.valueOf(why.getMessage()).endsWith(" 503");
        if (why instanceof UpgradeFailedException && !isTemporary) {
            node.counters().refused();
            fail(new CallFailure.Refused(detail));
        } else {
            lost(detail);
        }
    }

    private void upgraded(StreamConnection channel, @Nullable TlsMaterial material) {
        if (cancelled) {
            IoUtils.safeClose(channel);
            return;
        }
        RemoteEnd end;
        try {
            SSLSession session = channel instanceof SslConnection secured ? secured.getSslSession() : null;
            end = new RemoteEnd(PeerCheck.callerOf(node.security(), peer, session), material);
        } catch (RejectedCallerException other) {
            node.security().reject(other, String.valueOf(channel.getPeerAddress()), "dialled", peer.toString());
            node.counters().refused();
            IoUtils.safeClose(channel);
            fail(new CallFailure.Refused(String.valueOf(other.getMessage())));
            return;
        }
        node.remove(this);
        Hello mine = node.hello(stripe.index(), peer.id());
        MuxConnection connection = new MuxConnection(node, channel, end, made -> {
            DialledSide dialled = new DialledSide(made, stripe, mine, keys);
            side = dialled;
            return dialled;
        });
        underWay = () -> connection.end(EndCause.CLOSED, "given up", false);
        connection.start();
    }

    private void lost(String detail) {
        fail(new CallFailure.ConnectionLost(false, detail));
    }

    private void fail(CallFailure failure) {
        node.remove(this);
        stripe.failed(this, failure);
    }

    /** Nobody wants the connection any more. */
    void cancel() {
        cancelled = true;
        node.remove(this);
        IoUtils.safeClose(underWay);
    }

    /** Looks whether it takes too long; called by the transport's timer. */
    void tick(long nowNanos) {
        if (deadlineNanos - nowNanos <= 0) {
            cancel();
            fail(new CallFailure.ConnectionLost(false, "nobody answered at " + peer.address() + " in time"));
        }
    }
}
