package dev.hypercache.transport.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class ThreadPagesTest {

    private final ThreadPages pages = new ThreadPages();

    @Test
    void pageIsOneAtATimeAndEmptyAgain() {
        ByteBuffer one = pages.take(0);
        one.putInt(7).flip();
        assertThat(pages.take(0)).isNotSameAs(one);

        pages.give(one);
        ByteBuffer again = pages.take(ThreadPages.PAGE_BYTES);
        assertThat(again).isSameAs(one);
        assertThat(again.remaining()).isEqualTo(ThreadPages.PAGE_BYTES);
    }

    @Test
    void moreThanAPageIsThereOnceOnly() {
        ByteBuffer large = pages.take(ThreadPages.PAGE_BYTES + 1);
        assertThat(large.remaining()).isEqualTo(ThreadPages.PAGE_BYTES + 1);
        pages.give(large);
        assertThat(pages.take(0)).isNotSameAs(large);
        assertThat(pages.take(ThreadPages.PAGE_BYTES + 1)).isNotSameAs(large);
    }

    @Test
    void threadKeepsABoundedNumberOfPages() {
        List<ByteBuffer> taken = new ArrayList<>();
        for (int i = 0; i < 2 * ThreadPages.KEPT_MAX; i++) {
            taken.add(pages.take(0));
        }
        taken.forEach(pages::give);
        Set<ByteBuffer> known = Collections.newSetFromMap(new IdentityHashMap<>());
        known.addAll(taken);
        for (int i = 0; i < ThreadPages.KEPT_MAX; i++) {
            assertThat(known.contains(pages.take(0))).as("kept page %d", i).isTrue();
        }
        assertThat(known.contains(pages.take(0))).as("one more than is kept").isFalse();
    }

    @Test
    void otherThreadHasItsOwn() {
        ByteBuffer mine = pages.take(0);
        pages.give(mine);
        ByteBuffer theirs = CompletableFuture.supplyAsync(() -> pages.take(0), task -> new Thread(task).start())
                .join();
        assertThat(theirs).isNotSameAs(mine);
        assertThat(pages.take(0)).isSameAs(mine);
    }
}
