package dev.hypercache.core.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.hypercache.core.record.ExpiryRule;
import dev.hypercache.core.record.Version;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class EntryOpTest {

    private static final ExpiryRule RULE = new ExpiryRule(1, 2, 3);
    private static final ExpiryRule OTHER = new ExpiryRule(4, 5, 6);
    private static final Version VERSION = new Version(1, 7);

    /** Operation, the same operation under the other rule, how it relates to holds, whether a mismatch is a read. */
    static Stream<Arguments> operations() {
        return Stream.of(
                arguments(new Get("k", RULE), new Get("k", OTHER), EntryOp.Kind.READ, false),
                arguments(new Touch("k", VERSION, RULE), new Touch("k", VERSION, OTHER), EntryOp.Kind.READ, false),
                arguments(new Expire("k"), new Expire("k"), EntryOp.Kind.READ, false),
                arguments(new Evict("k"), new Evict("k"), EntryOp.Kind.HOUSEKEEPING, false),
                arguments(new Put("k", "v", RULE), new Put("k", "v", OTHER), EntryOp.Kind.MUTATION, false),
                arguments(
                        new PutIfAbsent("k", "v", RULE),
                        new PutIfAbsent("k", "v", OTHER),
                        EntryOp.Kind.MUTATION,
                        false),
                arguments(new Replace("k", "v", RULE), new Replace("k", "v", OTHER), EntryOp.Kind.MUTATION, false),
                arguments(
                        new ReplaceIfEqual("k", "e", "v", RULE),
                        new ReplaceIfEqual("k", "e", "v", OTHER),
                        EntryOp.Kind.MUTATION,
                        true),
                arguments(new Remove("k"), new Remove("k"), EntryOp.Kind.MUTATION, false),
                arguments(
                        new RemoveIfEqual("k", "e", RULE),
                        new RemoveIfEqual("k", "e", OTHER),
                        EntryOp.Kind.MUTATION,
                        true),
                arguments(
                        new AtVersion(new Put("k", "v", RULE), VERSION),
                        new AtVersion(new Put("k", "v", OTHER), VERSION),
                        EntryOp.Kind.MUTATION,
                        false),
                arguments(
                        new AtVersion(new Get("k", RULE), null),
                        new AtVersion(new Get("k", OTHER), null),
                        EntryOp.Kind.READ,
                        false));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void operationKnowsItsKeyItsKindAndItsRule(EntryOp op, EntryOp other, EntryOp.Kind kind, boolean readsOnMismatch) {
        assertThat(op.key()).isEqualTo("k");
        assertThat(op.kind()).isEqualTo(kind);
        assertThat(op.withExpiry(OTHER)).isEqualTo(other);
        assertThat(op.readsOnMismatch()).isEqualTo(readsOnMismatch);
    }

    @Test
    void everyOperationIsInTheTable() {
        Set<Class<?>> covered = new HashSet<>();
        operations().forEach(row -> covered.add(row.get()[0].getClass()));
        assertThat(covered).containsExactlyInAnyOrderElementsOf(Arrays.asList(EntryOp.class.getPermittedSubclasses()));
    }
}
