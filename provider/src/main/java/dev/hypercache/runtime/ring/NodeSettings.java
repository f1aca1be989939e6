package dev.hypercache.runtime.ring;

import dev.hypercache.config.Setting;
import dev.hypercache.config.Settings;
import dev.hypercache.core.control.LossPolicy;
import dev.hypercache.core.hint.HintLimits;
import dev.hypercache.core.move.MoveLimits;
import dev.hypercache.core.repair.RepairPace;
import java.util.Objects;

/** What the settings say of how a member mends what others miss. */
final class NodeSettings {

    private NodeSettings() {}

    static RepairLoop.Switches switches(Settings settings) {
        return new RepairLoop.Switches(
                settings.isOn(Setting.REPAIR_ENABLED),
                settings.isOn(Setting.READ_REPAIR_ENABLED),
                RepairPace.of(settings.duration(Setting.REPAIR_INTERVAL).toMillis()));
    }

    static MoveLimits moveLimits(Settings settings) {
        return new MoveLimits(
                (int) settings.number(Setting.REBALANCE_CONCURRENCY), settings.number(Setting.REBALANCE_RATE));
    }

    static RingSteward.Duty duty(Settings settings) {
        return new RingSteward.Duty(
                settings.isOn(Setting.REBALANCE_ENABLED),
                settings.duration(Setting.EVICT_AFTER).toMillis(),
                LossPolicy.valueOf(Objects.requireNonNull(settings.text(Setting.LOSS_POLICY), "loss policy")));
    }

    static HintLimits hintLimits(Settings settings) {
        return new HintLimits(
                settings.isOn(Setting.HINT_ENABLED),
                settings.duration(Setting.HINT_TTL).toMillis(),
                settings.duration(Setting.HINT_REPLAY_INTERVAL).toMillis(),
                settings.number(Setting.HINT_MAX_PER_NODE),
                settings.number(Setting.HINT_MAX_TOTAL),
                settings.number(Setting.HINT_MAX_BYTES));
    }
}
