package dev.hypercache.transport.frame;

import dev.hypercache.core.message.Message;
import dev.hypercache.core.op.AtVersion;
import dev.hypercache.core.op.EntryOp;
import dev.hypercache.core.op.Lineage;
import dev.hypercache.core.op.Outcome;
import dev.hypercache.core.record.ExpiryRule;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.record.ValueBytes;
import dev.hypercache.core.ring.KeyBytes;
import dev.hypercache.core.ring.MemberSet;
import dev.hypercache.core.ring.SlotSpace;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Makes messages of any kind from their records' components, so that a component that is added is tested without a word
 * here. Only what has a range has a line.
 */
final class RandomMessages {

    private static final Set<String> BALLOTS =
            Set.of("ballot", "before", "promised", "heldSince", "stamp", "origin", "floor", "promise", "refutations");
    private static final long[] EDGES = {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE};

    private final SplittableRandom random;
    private final int bytesMax;
    private final int elementsMax;
    private final List<ValueBytes> values = new ArrayList<>();
    private int cache;

    private RandomMessages(long seed, int bytesMax, int elementsMax) {
        this.random = new SplittableRandom(seed);
        this.bytesMax = bytesMax;
        this.elementsMax = elementsMax;
    }

    RandomMessages(long seed) {
        this(seed, 200, 3);
    }

    /** Messages that a reader can take in. */
    static RandomMessages small(long seed) {
        return new RandomMessages(seed, 6, 2);
    }

    /** A message of a kind; all its keys are of one cache. */
    <M extends Message> M next(Class<M> type) {
        cache = random.nextInt();
        values.clear();
        return type.cast(record(type));
    }

    private Object record(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object[] arguments = Arrays.stream(components).map(this::component).toArray();
        try {
            return type.getDeclaredConstructor(types).newInstance(arguments);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("cannot make a " + type, e);
        }
    }

    private @Nullable Object component(RecordComponent component) {
        boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
        if (nullable && random.nextInt(3) == 0) {
            return null;
        }
        return any(component.getGenericType(), component.getName());
    }

    private Object any(Type type, String name) {
        if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            return list(list.getActualTypeArguments()[0], name);
        }
        Class<?> raw = (Class<?>) type;
        if (raw == int.class || raw == Integer.class) {
            return anyInt(name);
        }
        if (raw == long.class) {
            return anyLong(name);
        }
        if (raw == boolean.class) {
            return random.nextBoolean();
        }
        if (raw == Object.class) {
            return name.startsWith("key") ? KeyBytes.of(cache, bytes(bytesMax)) : value();
        }
        return raw.isEnum() ? oneOf(raw.getEnumConstants()) : composed(raw);
    }

    private Object composed(Class<?> type) {
        if (type == EntryOp.class) {
            return operation(true);
        }
        if (type == AtVersion.class) {
            return operation(false);
        }
        if (type == StoredRecord.class) {
            return stored();
        }
        if (type == Lineage.class) {
            return Lineage.of(cast(list(Lineage.Applied.class, "")), cast(list(Lineage.Forgotten.class, "")));
        }
        if (type == ExpiryRule.class) {
            return new ExpiryRule(anyLong("") & Long.MAX_VALUE, random.nextLong(-1, 9), random.nextLong(-1, 9));
        }
        return type == Outcome.class ? outcome() : record(type);
    }

    private EntryOp operation(boolean maybeConditional) {
        Class<?> kind = oneOf(EntryOp.class.getPermittedSubclasses());
        if (kind != AtVersion.class) {
            return (EntryOp) record(kind);
        }
        return maybeConditional ? conditional() : operation(false);
    }

    private AtVersion conditional() {
        return new AtVersion(operation(false), ((AtVersionParts) record(AtVersionParts.class)).expected());
    }

    /** What a conditional operation has besides the operation. */
    record AtVersionParts(dev.hypercache.core.record.@Nullable Version expected) {}

    private Outcome outcome() {
        Outcome outcome = (Outcome) record(Outcome.class);
        StoredRecord before = outcome.before();
        boolean touched = before != null && random.nextInt(3) == 0;
        if (touched) {
            return new Outcome(outcome.status(), outcome.change(), before, before.withExpiry(anyLong("")));
        }
        boolean same = random.nextInt(3) == 0;
        return same ? new Outcome(outcome.status(), outcome.change(), before, before) : outcome;
    }

    private StoredRecord stored() {
        StoredRecord stored = random.nextInt(4) == 0
                ? StoredRecord.tombstone(anyLong("ballot"), anyLong("origin"))
                : StoredRecord.value(value(), anyLong("ballot"), anyLong("origin"), StoredRecord.NEVER);
        return random.nextBoolean() ? stored : stored.withExpiry(anyLong(""));
    }

    /** Now and then one that the message has already. */
    private ValueBytes value() {
        if (!values.isEmpty() && random.nextInt(3) == 0) {
            return values.get(random.nextInt(values.size()));
        }
        ValueBytes value = ValueBytes.of(bytes(random.nextInt(50) == 0 ? 40 * bytesMax : bytesMax));
        values.add(value);
        return value;
    }

    private List<Object> list(Type element, String name) {
        List<Object> list = new ArrayList<>();
        for (int size = random.nextInt(elementsMax + 1); size > 0; size--) {
            list.add(any(element, name));
        }
        return list;
    }

    private int anyInt(String name) {
        return switch (name) {
            case "slot" -> random.nextInt(SlotSpace.SLOTS_MAX);
            case "cache" -> cache;
            case "member", "observers" -> random.nextInt(MemberSet.SHORT_ID_MAX + 1);
            case "leader" -> random.nextInt(-1, MemberSet.SHORT_ID_MAX + 1);
            case "page" -> random.nextInt(5);
            case "pages" -> random.nextInt(5, 9);
            default -> random.nextInt() & Integer.MAX_VALUE;
        };
    }

    private long anyLong(String name) {
        long value = random.nextInt(4) == 0 ? EDGES[random.nextInt(EDGES.length)] : random.nextLong();
        return BALLOTS.contains(name) ? value & Long.MAX_VALUE : value;
    }

    private byte[] bytes(int lengthMax) {
        byte[] bytes = new byte[random.nextInt(lengthMax + 1)];
        random.nextBytes(bytes);
        return bytes;
    }

    private <T> T oneOf(T[] all) {
        return all[random.nextInt(all.length)];
    }

    @SuppressWarnings("unchecked") // The elements were made for the list that asks.
    private static <T> List<T> cast(List<Object> list) {
        return (List<T>) list;
    }
}
