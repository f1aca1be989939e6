package dev.hypercache.bootstrap;

import dev.hypercache.config.Setting;
import dev.hypercache.config.Settings;
import dev.hypercache.core.form.Forming;
import dev.hypercache.discovery.SeedSources;
import dev.hypercache.discovery.StaticSeeds;
import dev.hypercache.spi.Address;
import dev.hypercache.spi.discovery.SeedSource;
import java.util.List;

/**
 * Whom a node asks for a ring.
 *
 * @param source names the seeds
 * @param expect among how many nodes a majority must agree at least
 * @param isAlone whether the node was given no seeds, so that it is a ring of one
 */
record RingSeeds(SeedSource source, int expect, boolean isAlone) {

    /**
     * Reads the settings.
     *
     * @param own what the node advertises: its only seed if it is given none
     * @throws dev.hypercache.config.ConfigurationException if they are no seeds
     */
    static RingSeeds of(Settings settings, Address own) {
        List<String> given = settings.list(Setting.SEEDS);
        if (given.isEmpty()) {
            return new RingSeeds(StaticSeeds.parse(own.toString()), 1, true);
        }
        SeedSource source;
        try {
            source = SeedSources.parse(given);
        } catch (IllegalArgumentException e) {
            throw settings.problem(Setting.SEEDS, String.valueOf(e.getMessage()), "Write host:port of every node.");
        }
        boolean isExpected = settings.isGiven(Setting.BOOTSTRAP_EXPECT);
        int expect = isExpected ? (int) settings.number(Setting.BOOTSTRAP_EXPECT) : 0;
        if (!source.isFixed()) {
            return new RingSeeds(source, expect, false);
        }
        int size = source.seeds().size();
        if (expect / 2 + 1 > size) {
            throw settings.problem(
                    Setting.BOOTSTRAP_EXPECT,
                    "a majority of " + expect + " nodes is more than the " + size + " that hypercache.seeds lists",
                    "List them all, or remove the key.");
        }
        return new RingSeeds(source, Math.max(expect, size), false);
    }

    Forming.Electorate electorate() {
        return new Forming.Electorate(source.isFixed(), Math.max(1, expect));
    }
}
