package dev.hypercache.core.control.plan;

import dev.hypercache.core.control.Member;
import dev.hypercache.core.control.NodeProfile;
import dev.hypercache.core.control.Roster;
import java.util.ArrayList;
import java.util.List;

/**
 * A member that may hold slots.
 *
 * @param shortId what slots call it
 * @param weight its share relative to that of others
 * @param zone what fails together with it
 */
record Candidate(int shortId, int weight, String zone) {

    /** The members of a ring that are not leaving; if all are leaving, all of them: somebody must hold the slots. */
    static List<Candidate> of(Roster roster) {
        List<Candidate> staying = new ArrayList<>();
        List<Candidate> all = new ArrayList<>();
        for (Member member : roster.members()) {
            Candidate candidate = of(member.shortId(), member.profile());
            all.add(candidate);
            if (!member.draining()) {
                staying.add(candidate);
            }
        }
        return staying.isEmpty() ? all : staying;
    }

    static Candidate of(int shortId, NodeProfile profile) {
        return new Candidate(shortId, profile.weight(), profile.zone());
    }
}
