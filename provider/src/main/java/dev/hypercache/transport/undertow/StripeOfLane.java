package dev.hypercache.transport.undertow;

import dev.hypercache.spi.transport.PeerLink;

/** Which stripe of a link a lane takes, so that both ends of it say the same. */
final class StripeOfLane {

    private static final int LANE_MIXER = 0x9E3779B9;

    private StripeOfLane() {}

    /** The stripe of a lane where there are so many, the last one for control. */
    static int of(int lane, int stripes) {
        int ofData = stripes - 1;
        if (lane == PeerLink.CONTROL_LANE) {
            return ofData;
        }
        int mixed = lane * LANE_MIXER;
        return Integer.remainderUnsigned(mixed ^ (mixed >>> 16), ofData);
    }
}
