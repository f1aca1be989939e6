package dev.hypercache.transport.undertow;

import dev.hypercache.spi.Address;
import dev.hypercache.transport.auth.BodyDigest;
import dev.hypercache.transport.auth.LiveKeys;
import dev.hypercache.transport.auth.RequestHead;
import dev.hypercache.transport.auth.SignatureFields;
import dev.hypercache.transport.undertow.wire.Challenge;
import dev.hypercache.transport.undertow.wire.FrameMac;
import dev.hypercache.transport.undertow.wire.MuxException;
import dev.hypercache.transport.undertow.wire.MuxHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** A peer of bytes that holds keys, and may do with them what a node does not. */
final class SealedPeer implements AutoCloseable {

    private final RawPeer raw;
    private final FrameMac sealing;
    private final FrameMac opening;

    SealedPeer(RawPeer raw, FrameMac sealing, FrameMac opening) {
        this.raw = raw;
        this.sealing = sealing;
        this.opening = opening;
    }

    /** A request for a connection, and what both ends derive keys from. */
    record Signed(String text, UpgradeProof proof) {}

    /** Signs a request for a connection with the key that signs. */
    static Signed upgrade(LiveKeys keys, String to) {
        RequestHead head = new RequestHead("GET", "node:1", "/internal/mux", "", null);
        SignatureFields fields = TestKeys.calls("peer", keys).signer().sign(head, to, new BodyDigest());
        StringBuilder text = new StringBuilder("GET /internal/mux HTTP/1.1\r\nHost: node:1\r\n");
        text.append("Connection: Upgrade\r\nUpgrade: hcmux/1\r\n");
        fields.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
        return new Signed(
                text.append("\r\n").toString(),
                new UpgradeProof(fields.keyId(), fields.nonce().toString(), fields.target()));
    }

    /** Dials, and derives keys from what the node challenges it with; says nothing yet. */
    static SealedPeer dial(Address address, LiveKeys keys, String to) throws IOException {
        RawPeer raw = RawPeer.dial(address);
        Signed signed = upgrade(keys, to);
        byte[] challenge = challenge(raw, signed.text());
        return new SealedPeer(
                raw,
                mac(keys, signed.proof(), challenge, Challenge.DIALLED),
                mac(keys, signed.proof(), challenge, Challenge.ACCEPTED));
    }

    /** Asks for a connection, and gives what the node challenges the peer with. */
    static byte[] challenge(RawPeer raw, String upgrade) throws IOException {
        raw.send(upgrade);
        String head = raw.readHead();
        if (!head.startsWith("HTTP/1.1 101 ")) {
            throw new IOException(head);
        }
        RawPeer.Received challenge = raw.read();
        if (challenge.opcode() != MuxHeader.CHALLENGE || challenge.flags() != 0) {
            throw new IOException("no challenge: " + challenge);
        }
        return challenge.body();
    }

    static FrameMac mac(LiveKeys keys, UpgradeProof proof, byte[] challenge, String direction) {
        byte[] key = new FrameAuthentication(TestKeys.calls("peer", keys)).derive(proof, challenge, direction);
        if (key == null) {
            throw new IllegalArgumentException(proof.keyId());
        }
        return FrameMac.of(key);
    }

    RawPeer raw() {
        return raw;
    }

    /** Exchanges the keys of the two directions. */
    SealedPeer reflecting() {
        return new SealedPeer(raw, opening, sealing);
    }

    /** The next frame, sealed and not sent. */
    byte[] seal(int opcode, int flags, long id, ByteBuffer body) {
        ByteBuffer frame = ByteBuffer.allocate(MuxHeader.BYTES + body.remaining() + FrameMac.BYTES);
        MuxHeader.put(frame, body.remaining(), opcode, flags, 0, id);
        frame.put(body.duplicate());
        sealing.seal(frame, 0);
        return frame.array();
    }

    void frame(int opcode, int flags, long id, ByteBuffer body) throws IOException {
        raw.send(seal(opcode, flags, id, body));
    }

    /** Reads a frame that must be authentic; the flag that says so is left out. */
    RawPeer.Received read() throws IOException {
        RawPeer.Received sealed = raw.read();
        byte[] bytes = sealed.body();
        ByteBuffer frame = ByteBuffer.allocate(MuxHeader.BYTES + bytes.length);
        MuxHeader.put(frame, bytes.length, sealed.opcode(), sealed.flags(), sealed.status(), sealed.id());
        frame.put(bytes);
        opening.open(frame.position(MuxHeader.BYTES), 0);
        if (frame.remaining() != bytes.length - FrameMac.BYTES) {
            throw new MuxException("not cut");
        }
        return new RawPeer.Received(
                sealed.opcode(),
                sealed.flags() & ~MuxHeader.MAC,
                sealed.status(),
                sealed.id(),
                Arrays.copyOf(bytes, frame.remaining()));
    }

    boolean isClosedByTheNode() throws IOException {
        return raw.isClosedByTheNode();
    }

    @Override
    public void close() throws IOException {
        raw.close();
    }
}
