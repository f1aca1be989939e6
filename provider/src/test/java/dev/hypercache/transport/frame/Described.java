package dev.hypercache.transport.frame;

import dev.hypercache.core.op.Lineage;
import dev.hypercache.core.op.Outcome;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.record.ValueBytes;
import dev.hypercache.core.ring.KeyBytes;
import java.lang.reflect.RecordComponent;
import java.util.HexFormat;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * A message with all that is in it as one line. Two messages with equal lines are the same: records and lineages have no
 * equality of their own.
 */
final class Described {

    private Described() {}

    static String of(@Nullable Object part) {
        if (part instanceof KeyBytes key) {
            return "key:" + HexFormat.of().formatHex(key.toBytes()) + "/" + key.cache();
        }
        if (part instanceof ValueBytes value) {
            return "value:" + HexFormat.of().formatHex(value.toBytes());
        }
        if (part instanceof StoredRecord stored) {
            String content = stored.isTombstone() ? "tombstone" : of(stored.value());
            return content + "@" + stored.ballot() + "#" + stored.sequence() + "<" + stored.expiresAtMillis();
        }
        if (part instanceof Lineage lineage) {
            return "Lineage[applied=" + of(lineage.applied()) + ", forgotten=" + of(lineage.forgotten()) + "]";
        }
        if (part instanceof Outcome outcome) {
            boolean same = outcome.before() != null && outcome.before() == outcome.after();
            return "Outcome[" + outcome.status() + ", " + outcome.change() + ", before=" + of(outcome.before())
                    + ", after=" + (same ? "the same" : of(outcome.after())) + "]";
        }
        if (part instanceof List<?> list) {
            StringJoiner elements = new StringJoiner(", ", "[", "]");
            list.forEach(element -> elements.add(of(element)));
            return elements.toString();
        }
        return part instanceof Record ? record(part) : String.valueOf(part);
    }

    private static String record(Object part) {
        StringJoiner components = new StringJoiner(", ", part.getClass().getSimpleName() + "[", "]");
        for (RecordComponent component : part.getClass().getRecordComponents()) {
            try {
                components.add(
                        component.getName() + "=" + of(component.getAccessor().invoke(part)));
            } catch (ReflectiveOperationException e) {
                throw new AssertionError("cannot read " + component, e);
            }
        }
        return components.toString();
    }
}
