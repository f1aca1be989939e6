package dev.hypercache.examples.proofs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.security.JsseMaterialReader;
import dev.hypercache.security.KeyFileReader;
import dev.hypercache.spi.security.TlsMaterial;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is issued is what nodes read: of one authority, for each its own. */
final class ProofFolderTest {

    @Test
    void nodesTrustEachOtherAndShareAKey() throws IOException {
        ProofFolder folder = ProofFolder.issue(List.of("a", "b"));
        TlsMaterial a = new JsseMaterialReader().read(folder.certificateOf("a"), List.of());
        TlsMaterial b = new JsseMaterialReader().read(folder.certificateOf("b"), List.of());

        assertThat(a.identity().toUri()).isEqualTo("spiffe://benchmarks.example/hypercache/member/a");
        assertThat(b.identity().node()).isEqualTo("b");
        assertThat(a.trust()).isEqualTo(b.trust());
        assertThat(a.protocols()).containsExactly("TLSv1.3");
        assertThat(new KeyFileReader().read(folder.keys()).signing()).isEqualTo("k1");
    }
}
