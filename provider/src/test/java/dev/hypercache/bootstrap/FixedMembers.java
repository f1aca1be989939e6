package dev.hypercache.bootstrap;

import dev.hypercache.core.control.NodeProfile;
import dev.hypercache.core.form.JoinAnswer;
import dev.hypercache.core.form.JoinDesk;
import dev.hypercache.core.form.JoinRequest;
import dev.hypercache.core.form.SeedCard;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Admits nobody: members are those who founded the ring.
 *
 * @param card that of the member
 */
record FixedMembers(SeedCard card) implements JoinDesk {

    @Override
    public JoinAnswer admit(JoinRequest request) {
        String name = "node '" + request.profile().name() + "'";
        List<String> differences = request.terms().differencesTo(card.terms());
        if (!differences.isEmpty()) {
            return new JoinAnswer.Refused(name + " wants another ring than '"
                    + card.profile().name() + "': " + String.join(", ", differences) + ". Give all nodes the same.");
        }
        return new JoinAnswer.Refused("the ring was formed without this life of " + name + ", as "
                + card.profile().address()
                + " says: members of this release are fixed when the ring forms, so a node that was restarted"
                + " cannot return. Stop all nodes and start them together; the ring works without this one meanwhile.");
    }

    @Override
    public @Nullable NodeProfile member(String name) {
        return null;
    }
}
