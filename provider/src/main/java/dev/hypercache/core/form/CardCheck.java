package dev.hypercache.core.form;

import dev.hypercache.core.control.NodeProfile;
import dev.hypercache.spi.Address;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who cannot be in one ring: nodes that want different ones, and two living nodes of one name. */
final class CardCheck {

    private final SeedCard self;
    private final boolean fixed;
    private final TwinWatch twins;
    private @Nullable String refusal;

    CardCheck(SeedCard self, boolean fixed) {
        this.self = self;
        this.fixed = fixed;
        this.twins = new TwinWatch(self.profile());
    }

    /** Why this node can be in no ring with its seeds; null if that is not so. */
    @Nullable
    String refusal() {
        return refusal;
    }

    void retain(Set<String> names) {
        twins.retain(names);
    }

    /** Whether two living processes have the name of this card. */
    boolean isTwin(Address from, SeedCard card, long askedMillis, long nowMillis) {
        NodeProfile twin = twins.heard(card.profile(), askedMillis, nowMillis);
        if (twin != null && twin.equals(self.profile())) {
            refusal = "two living nodes are called '" + twin.name() + "': this one at " + twin.address()
                    + ", and one at " + from + ". Give each its own hypercache.node.name.";
        }
        return twin != null;
    }

    /** Compares what a node that is in no ring wants; a ring compares for itself, since its terms may have been changed. */
    void compare(Address from, SeedCard card) {
        if (card.founding() != null) {
            return;
        }
        if (fixed && !card.profile().address().equals(from)) {
            refusal = "node '" + card.profile().name() + "' at " + from + " advertises "
                    + card.profile().address() + ". Write each node in hypercache.seeds as it advertises itself.";
            return;
        }
        List<String> differences = self.terms().differencesTo(card.terms());
        if (!differences.isEmpty()) {
            refusal = "node '" + card.profile().name() + "' at " + from + " wants another ring: "
                    + String.join(", ", differences) + ". Give all nodes the same.";
        }
    }
}
