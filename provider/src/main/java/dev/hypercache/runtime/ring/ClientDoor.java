package dev.hypercache.runtime.ring;

import dev.hypercache.core.message.Message;
import dev.hypercache.core.message.TopologyAdvanced;
import dev.hypercache.spi.transport.RemotePeer;
import dev.hypercache.spi.transport.Responder;
import dev.hypercache.spi.transport.TransportListener;
import java.nio.ByteBuffer;

/**
 * Where frames of members come in at a client: answers, what expired, and the word that the ring has changed. A frame counts only if its
 * sender is a member in the very incarnation that was dialled. Nobody dials a client, so nothing else comes.
 */
final class ClientDoor implements TransportListener {

    private final SlotHost host;
    private final SlotCells cells;
    private final ControlPlane control;
    private final FrameIntake intake;

    ClientDoor(SlotHost host, SlotCells cells, ControlPlane control) {
        this.host = host;
        this.cells = cells;
        this.control = control;
        this.intake = new FrameIntake(host.links(), this::take, host.metrics(), host.log());
    }

    @Override
    public void onCall(RemotePeer from, ByteBuffer request, long timeoutNanos, Responder responder) {
        host.metrics().frameRefused();
    }

    @Override
    public void onPost(RemotePeer from, ByteBuffer frame) {
        int sender = host.links().members().shortId(from.id());
        if (sender == Members.NOBODY || Clients.isClient(from)) {
            host.metrics().frameRefused();
            return;
        }
        host.watch().heard(sender);
        intake.take(sender, sender, frame);
    }

    private boolean take(int sender, Message message) {
        if (message instanceof TopologyAdvanced advanced) {
            if (advanced.index() > control.state().index()) {
                host.behind().run();
            }
            return true;
        }
        return host.news().receive(sender, message)
                || host.counting().receive(sender, message)
                || cells.receive(sender, message);
    }

    @Override
    public void onConnected(RemotePeer peer) {}

    @Override
    public void onDisconnected(RemotePeer peer, boolean reset) {
        int member = host.links().members().shortId(peer.id());
        if (member != Members.NOBODY) {
            host.watch().lost(member);
        }
    }
}
