package dev.hypercache.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.core.op.Get;
import dev.hypercache.core.op.Put;
import dev.hypercache.core.op.Remove;
import dev.hypercache.core.record.ExpiryRule;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.runtime.call.KeyCursor;
import dev.hypercache.spi.storage.RetentionLimits;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LocalClientTest {

    private static final ExpiryRule BRIEF = new ExpiryRule(100, 100, 100);

    private final Crew crew = new Crew();
    private final TestNode node = TestNode.patient("client");
    private final LocalClient client = node.openClient("cache", RetentionLimits.unbounded(), false);

    @AfterEach
    void stop() {
        crew.close();
        node.close();
    }

    @Test
    void expiredEntryIsNotReadAndItsExpiryIsToldOnce() {
        client.execute(new Put("k", "v", BRIEF));
        node.time.advance(99);
        assertThat(client.read("k").value()).isEqualTo("v");
        node.time.advance(1);
        assertThat(client.read("k")).isNull();
        assertThat(client.read("k")).isNull();
        assertThat(node.changes).containsExactly("CREATED k", "EXPIRED k");
    }

    @Test
    void readDoesNotMoveTheEndOfLife() {
        client.execute(new Put("k", "v", BRIEF));
        node.time.advance(60);
        client.read("k");
        node.time.advance(60);
        assertThat(client.read("k")).isNull();
    }

    @Test
    void entryThatIsExtendedWhileItIsReadIsNeverMissed() {
        client.execute(new Put("k", "v", BRIEF));
        node.time.advance(99);
        node.time.beforeNextAsk(() -> {
            client.execute(new Get("k", BRIEF));
            node.time.advance(1);
        });
        StoredRecord read = client.read("k");
        assertThat(read).as("the entry has been there all the time").isNotNull();
        assertThat(read.value()).isEqualTo("v");
    }

    @Test
    void scanMeetsEachLiveEntryOnceAndRemovesExpiredOnes() {
        for (int key = 0; key < 500; key++) {
            client.execute(new Put(key, "v", key % 2 == 0 ? ExpiryRule.NEVER : BRIEF));
        }
        node.time.advance(100);
        node.changes.clear();
        Set<Object> met = new HashSet<>();
        for (KeyCursor cursor = client.scan(); cursor.advance(); ) {
            assertThat(met.add(cursor.key())).isTrue();
            assertThat((int) cursor.key() % 2).isZero();
        }
        assertThat(met).hasSize(250);
        assertThat(node.changes).hasSize(250).allMatch(change -> change.startsWith("EXPIRED"));
        assertThat(client.entries()).isEqualTo(250);
    }

    @Test
    void everyThreadReadsItsOwnWrites() {
        crew.together(4, thread -> {
            for (int i = 0; i < 5_000; i++) {
                String key = thread + "/" + i % 50;
                client.execute(new Put(key, i, ExpiryRule.NEVER));
                assertThat(client.read(key).value()).isEqualTo(i);
                if (i % 7 == 0) {
                    client.execute(new Remove(key));
                    assertThat(client.read(key)).isNull();
                }
            }
        });
    }

    @Test
    void clearEmptiesAllSlotsSilently() {
        for (int key = 0; key < 300; key++) {
            client.execute(new Put(key, "v", ExpiryRule.NEVER));
        }
        node.changes.clear();
        client.clear();
        assertThat(client.entries()).isZero();
        assertThat(client.scan().advance()).isFalse();
        assertThat(node.changes).isEmpty();
    }

    @Test
    void eternalCacheAsksForNoTime() {
        LocalClient eternal = node.openClient("eternal", RetentionLimits.unbounded(), true);
        node.time.beforeNextAsk(() -> {
            throw new AssertionError("asked for the time");
        });
        eternal.execute(new Put("k", "v", ExpiryRule.NEVER));
        assertThat(eternal.read("k").value()).isEqualTo("v");
        eternal.execute(new Remove("k"));
        assertThat(eternal.read("k")).isNull();
        node.time.beforeNextAsk(() -> {});
    }
}
