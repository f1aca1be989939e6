package dev.hypercache.examples.roundtrip;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Netty on epoll, frames with a length in front, one connection for all callers; on request with TLS. */
final class NettyWire implements Wire {

    private static final int SLOTS = 4_096;
    private static final String HOST = "127.0.0.1";

    private final AtomicReferenceArray<@Nullable Waiter> waiters = new AtomicReferenceArray<>(SLOTS);
    private final AtomicLong ids = new AtomicLong();
    private final boolean secured;
    private @Nullable Channel channel;

    /** Makes one; on request with TLS. */
    NettyWire(boolean secured) {
        this.secured = secured;
    }

    private static EventLoopGroup group() {
        return new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    }

    private @Nullable NettyTls tls(String node, boolean dials) {
        return secured ? new NettyTls(WireSecurity.material(node), dials) : null;
    }

    private static ChannelInitializer<Channel> frames(Supplier<Frames> handlers, @Nullable NettyTls tls, int port) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel made) {
                if (tls != null) {
                    made.pipeline().addLast(tls.handler(HOST, port));
                }
                made.pipeline().addLast(new LengthFieldBasedFrameDecoder(1 << 20, 0, 4, 0, 4), handlers.get());
            }
        };
    }

    /** Takes whole frames. */
    private abstract static class Frames extends SimpleChannelInboundHandler<ByteBuf> {

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }
    }

    private static final class Answering extends Frames {

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf request) {
            ByteBuf answer = context.alloc().directBuffer(12 + ANSWER_BYTES);
            answer.writeInt(8 + ANSWER_BYTES).writeLong(request.readLong()).writeZero(ANSWER_BYTES);
            ChannelFuture unused = context.write(answer, context.voidPromise());
        }
    }

    private final class Taking extends Frames {

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf answer) {
            Waiter waiter = waiters.getAndSet((int) (answer.readLong() % SLOTS), null);
            if (waiter != null) {
                waiter.answer();
            }
        }
    }

    @Override
    public int serve() {
        Channel bound = new ServerBootstrap()
                .group(group())
                .channel(EpollServerSocketChannel.class)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(frames(Answering::new, tls(SERVER_NAME, false), 0))
                .bind(InetAddress.getLoopbackAddress(), 0)
                .syncUninterruptibly()
                .channel();
        return ((InetSocketAddress) bound.localAddress()).getPort();
    }

    @Override
    public void connect(int port) {
        channel = new Bootstrap()
                .group(group())
                .channel(EpollSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(frames(Taking::new, tls(CLIENT_NAME, true), port))
                .connect(InetAddress.getLoopbackAddress(), port)
                .syncUninterruptibly()
                .channel();
    }

    @Override
    public void ask() throws IOException {
        Channel to = channel;
        if (to == null) {
            throw new IOException("not connected");
        }
        long id = ids.incrementAndGet();
        Waiter waiter = new Waiter();
        waiters.set((int) (id % SLOTS), waiter);
        ByteBuf request = to.alloc().directBuffer(12 + REQUEST_BYTES);
        request.writeInt(8 + REQUEST_BYTES).writeLong(id).writeZero(REQUEST_BYTES);
        ChannelFuture unused = to.writeAndFlush(request, to.voidPromise());
        if (!waiter.await()) {
            throw new IOException("no answer");
        }
    }
}
