package dev.hypercache.bootstrap;

import dev.hypercache.config.Setting;
import dev.hypercache.config.Settings;
import dev.hypercache.core.control.NodeProfile;
import dev.hypercache.spi.Address;
import java.util.UUID;

/** What a node that starts says of itself. */
final class OwnProfile {

    private OwnProfile() {}

    /** The profile of a new life of a node: its weight and zone are those of its settings. */
    static NodeProfile of(Settings settings, String name, Address address) {
        String zone = settings.text(Setting.NODE_ZONE);
        return new NodeProfile(
                name, UUID.randomUUID(), address, (int) settings.number(Setting.NODE_WEIGHT), zone == null ? "" : zone);
    }
}
