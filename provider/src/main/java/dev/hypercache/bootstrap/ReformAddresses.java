package dev.hypercache.bootstrap;

import dev.hypercache.core.control.ControlState;
import dev.hypercache.core.control.NodeProfile;
import dev.hypercache.core.reform.ReformDecision;
import dev.hypercache.core.reform.ReformMessage;
import dev.hypercache.core.reform.ReformMessage.AskConsent;
import dev.hypercache.core.reform.ReformMessage.Consent;
import dev.hypercache.core.reform.ReformMessage.Decided;
import dev.hypercache.core.reform.ReformMessage.Propose;
import dev.hypercache.spi.Address;
import dev.hypercache.spi.Payload;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where lives can be reached, some of which belong to no ring. Remembers {@value #LIVES_MAX}, and forgets the oldest. Confined. */
final class ReformAddresses {

    private static final int LIVES_MAX = 4_096;

    private final Map<UUID, Address> known = new LinkedHashMap<>();

    /** Where a life is; null if nobody has told. */
    @Nullable
    Address of(UUID boot, ControlState state) {
        if (!known.containsKey(boot)) {
            state.roster().members().forEach(member -> learn(member.profile()));
        }
        return known.get(boot);
    }

    /** All that a letter tells. */
    void learn(ReformLetter letter) {
        learn(letter.from());
        ReformMessage message = letter.message();
        if (message instanceof AskConsent ask) {
            ask.knowledge().returned().forEach(this::learn);
        } else if (message instanceof Consent consent) {
            consent.knowledge().returned().forEach(this::learn);
            learn(consent.state());
        } else if (message instanceof Propose propose) {
            learn(propose.decision());
        } else if (message instanceof Decided decided) {
            learn(decided.decision());
        }
    }

    private void learn(ReformDecision decision) {
        learn(decision.state());
        decision.reform().returned().forEach(this::learn);
    }

    private void learn(Payload state) {
        if (state.length() > 0) {
            ControlState.decode(state).roster().members().forEach(member -> learn(member.profile()));
        }
    }

    /** A life told its address, or somebody did who knows it. */
    void learn(NodeProfile life) {
        if (known.size() >= LIVES_MAX) {
            known.remove(known.keySet().iterator().next());
        }
        known.put(life.boot(), life.address());
    }
}
