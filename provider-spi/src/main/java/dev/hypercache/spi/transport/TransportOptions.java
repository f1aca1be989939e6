package dev.hypercache.spi.transport;

import dev.hypercache.spi.Address;
import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.security.Role;
import java.util.Objects;

/**
 * Where a transport binds, and its bounds.
 *
 * @param asPeer how peers know the node: who it is, and whether it is a {@code MEMBER} or a {@code CLIENT}, which dials members and
 *     which nobody can dial
 * @param bind where to listen; port 0 lets the system choose
 * @param fence what peers must have in common with the node
 * @param frameBytesMax the largest frame to send or accept, {@value #FRAME_BYTES_LEAST} to {@value #FRAME_BYTES_MOST};
 *     what is larger travels in chunks that the caller makes
 * @param callsInFlightMax the most calls pending on one link, 1 or more
 * @param bytesInFlightMax the most bytes of frames queued on one link, and on the way back to one client; {@code frameBytesMax}
 *     or more
 */
public record TransportOptions(
        RemotePeer asPeer,
        Address bind,
        RingFence fence,
        int frameBytesMax,
        int callsInFlightMax,
        long bytesInFlightMax) {

    /** The lower bound of {@code frameBytesMax}: 64 KiB. */
    public static final int FRAME_BYTES_LEAST = 64 * 1024;

    /** The upper bound of {@code frameBytesMax}: 16 MiB. */
    public static final int FRAME_BYTES_MOST = 16 * 1024 * 1024;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a bound is out of its range, or the role is none of a node
     */
    public TransportOptions {
        Objects.requireNonNull(asPeer, "asPeer");
        Objects.requireNonNull(bind, "bind");
        Objects.requireNonNull(fence, "fence");
        Role role = asPeer.role();
        if (role != Role.MEMBER && role != Role.CLIENT) {
            throw new IllegalArgumentException(
                    "role is " + role.label() + ": a node is a member or a client. Take one of these.");
        }
        requireWithin("frameBytesMax", frameBytesMax, FRAME_BYTES_LEAST, FRAME_BYTES_MOST);
        requireWithin("callsInFlightMax", callsInFlightMax, 1, Integer.MAX_VALUE);
        requireWithin("bytesInFlightMax", bytesInFlightMax, frameBytesMax, Long.MAX_VALUE);
    }

    /**
     * Options of a member.
     *
     * @param self who the node is
     * @param bind where to listen
     * @param fence what peers must have in common with the node
     * @param frameBytesMax the largest frame
     * @param callsInFlightMax the most calls pending on one link
     * @param bytesInFlightMax the most bytes of frames queued on one link
     * @throws IllegalArgumentException if a bound is out of its range
     */
    public TransportOptions(
            NodeId self,
            Address bind,
            RingFence fence,
            int frameBytesMax,
            int callsInFlightMax,
            long bytesInFlightMax) {
        this(new RemotePeer(self, Role.MEMBER), bind, fence, frameBytesMax, callsInFlightMax, bytesInFlightMax);
    }

    /**
     * Options of a node that is {@linkplain RingFence#OPEN in no ring yet}.
     *
     * @param self who the node is
     * @param bind where to listen
     * @param frameBytesMax the largest frame
     * @param callsInFlightMax the most calls pending on one link
     * @param bytesInFlightMax the most bytes of frames queued on one link
     * @throws IllegalArgumentException if a bound is out of its range
     */
    public TransportOptions(NodeId self, Address bind, int frameBytesMax, int callsInFlightMax, long bytesInFlightMax) {
        this(self, bind, RingFence.OPEN, frameBytesMax, callsInFlightMax, bytesInFlightMax);
    }

    /**
     * Puts the node behind another fence.
     *
     * @param other what peers must have in common with the node
     * @return options that differ in that alone
     */
    public TransportOptions within(RingFence other) {
        return new TransportOptions(asPeer, bind, other, frameBytesMax, callsInFlightMax, bytesInFlightMax);
    }

    /**
     * Lets the node listen elsewhere.
     *
     * @param other where to listen
     * @return options that differ in that alone
     */
    public TransportOptions at(Address other) {
        return new TransportOptions(asPeer, other, fence, frameBytesMax, callsInFlightMax, bytesInFlightMax);
    }

    /**
     * Makes the node a client: it listens nowhere, says that it is a client, and takes what members {@linkplain
     * Transport#post send back} over the connections that it dialled. Peers tell clients apart by name and incarnation, and no
     * log counts those of clients: draw one at random for each start, so that two processes of one name are two clients.
     *
     * @return options that differ in the role alone
     */
    public TransportOptions asClient() {
        RemotePeer client = new RemotePeer(self(), Role.CLIENT);
        return new TransportOptions(client, bind, fence, frameBytesMax, callsInFlightMax, bytesInFlightMax);
    }

    /**
     * Returns who the node is; peers that dial learn it.
     *
     * @return its name and incarnation
     */
    public NodeId self() {
        return asPeer.id();
    }

    /**
     * Returns what the node is.
     *
     * @return {@code MEMBER} or {@code CLIENT}
     */
    public Role role() {
        return asPeer.role();
    }

    /**
     * Tells what the node is.
     *
     * @return true for a client, false for a member
     */
    public boolean isClient() {
        return role() == Role.CLIENT;
    }

    /**
     * The bounds of TRANSPORT §3.5: frames of 1 MiB, 1,024 calls and 8 MiB in flight.
     *
     * @param self who the node is
     * @param bind where to listen
     * @return options with those bounds
     */
    public static TransportOptions withDefaults(NodeId self, Address bind) {
        return new TransportOptions(self, bind, 1024 * 1024, 1_024, 8L * 1024 * 1024);
    }

    private static void requireWithin(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    name + " is " + value + ": it ranges from " + least + " to " + most + ".");
        }
    }
}
