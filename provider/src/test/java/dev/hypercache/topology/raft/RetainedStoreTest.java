package dev.hypercache.topology.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.microraft.RaftEndpoint;
import io.microraft.model.log.LogEntry;
import io.microraft.model.persistence.RaftTermPersistentState;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RetainedStoreTest {

    private final RetainedStore store = new RetainedStore();

    private static RaftTermPersistentState term(int term, RaftEndpoint vote) {
        return EngineEntries.MODEL
                .createRaftTermPersistentStateBuilder()
                .setTerm(term)
                .setVotedFor(vote)
                .build();
    }

    private static LogEntry entry(long index) {
        return EngineEntries.MODEL
                .createLogEntryBuilder()
                .setIndex(index)
                .setTerm(1)
                .setOperation(new LogOperation.TermBegin(null))
                .build();
    }

    @Test
    void termAndVoteNeverGoBack() {
        RaftEndpoint one = new EngineEndpoint(Lab.id(1));
        RaftEndpoint other = new EngineEndpoint(Lab.id(2));
        store.persistAndFlushTerm(term(3, null));
        store.persistAndFlushTerm(term(3, one));
        store.persistAndFlushTerm(term(3, one));

        assertThatIllegalStateException().isThrownBy(() -> store.persistAndFlushTerm(term(3, other)));
        assertThatIllegalStateException().isThrownBy(() -> store.persistAndFlushTerm(term(3, null)));
        assertThatIllegalStateException().isThrownBy(() -> store.persistAndFlushTerm(term(2, one)));
        store.raiseTerm(3);
        assertThatIllegalStateException().isThrownBy(() -> store.persistAndFlushTerm(term(3, other)));
        store.raiseTerm(4);
        store.persistAndFlushTerm(term(4, other));
        assertThat(store.term()).isEqualTo(4);
    }

    @Test
    void entriesHaveNoGaps() {
        store.persistLogEntries(List.of(entry(1), entry(2)));

        assertThatIllegalStateException().isThrownBy(() -> store.persistLogEntries(List.of(entry(4))));
        store.truncateLogEntriesFrom(2);
        store.persistLogEntries(List.of(entry(2)));
        assertThat(store.entry(2)).isNotNull();
    }
}
