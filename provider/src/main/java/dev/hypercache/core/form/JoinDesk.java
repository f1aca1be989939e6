package dev.hypercache.core.form;

import dev.hypercache.core.control.NodeProfile;
import org.jspecify.annotations.Nullable;

/** Where a member of a ring admits others. Safe for use by any threads. */
public interface JoinDesk {

    /**
     * Admits a node, or says why not. A node whose name belongs to a member that lives is not brought here.
     *
     * <p>May wait for the topology log, for up to 5 s; what takes longer is answered by {@link JoinAnswer.Wait}. A request that comes
     * again is answered as the first one was.
     *
     * @param request who asks
     * @return what came of it
     */
    JoinAnswer admit(JoinRequest request);

    /**
     * The member that has a name now, in the life that the ring knows.
     *
     * @param name a node's name
     * @return null if there is none
     */
    @Nullable
    NodeProfile member(String name);
}
