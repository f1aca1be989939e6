package dev.hypercache.codec;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;

/** Takes records of one class apart and puts them together. Immutable; refers to the record's class alone. */
final class RecordShape {
    private final MethodHandle constructor;
    private final MethodHandle[] getters;
    private final boolean[] primitive;
    private final long shallowBytes;

    private RecordShape(MethodHandle constructor, MethodHandle[] getters, boolean[] primitive, long shallowBytes) {
        this.constructor = constructor;
        this.getters = getters;
        this.primitive = primitive;
        this.shallowBytes = shallowBytes;
    }

    /** The shape of a record class, or null if its module does not open it to us. */
    static @Nullable RecordShape of(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        MethodHandle[] getters = new MethodHandle[components.length];
        boolean[] primitive = new boolean[components.length];
        long bytes = 12;
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            for (int i = 0; i < components.length; i++) {
                types[i] = components[i].getType();
                primitive[i] = types[i].isPrimitive();
                bytes += types[i] == long.class || types[i] == double.class ? 8 : 4;
                Field field = type.getDeclaredField(components[i].getName());
                field.setAccessible(true);
                getters[i] = lookup.unreflectGetter(field).asType(MethodType.genericMethodType(1));
            }
            Constructor<?> canonical = type.getDeclaredConstructor(types);
            canonical.setAccessible(true);
            MethodHandle constructor = lookup.unreflectConstructor(canonical)
                    .asType(MethodType.genericMethodType(types.length))
                    .asSpreader(Object[].class, types.length);
            return new RecordShape(constructor, getters, primitive, (bytes + 7) & ~7L);
        } catch (InaccessibleObjectException | SecurityException | ReflectiveOperationException refused) {
            // Serialization has rights that we have not; it is the fallback.
            return null;
        }
    }

    int size() {
        return getters.length;
    }

    /** The components in the order of declaration. */
    @Nullable
    Object[] components(Object record) {
        @Nullable Object[] components = new @Nullable Object[getters.length];
        for (int i = 0; i < components.length; i++) {
            components[i] = component(record, i);
        }
        return components;
    }

    /** Calls the canonical constructor; what it throws comes out as it is. */
    Object create(@Nullable Object[] components) {
        try {
            return (Object) constructor.invokeExact(components);
        } catch (RuntimeException | Error thrown) {
            throw thrown;
        } catch (Throwable checked) {
            throw new IllegalStateException("A canonical constructor threw a checked exception", checked);
        }
    }

    long weigh(Object record, CopyRun run) {
        long sum = shallowBytes;
        for (int i = 0; i < getters.length; i++) {
            if (!primitive[i]) {
                long bytes = run.weigh(component(record, i));
                if (bytes < 0) {
                    return Handles.UNKNOWN_WEIGHT;
                }
                sum += bytes;
            }
        }
        return sum;
    }

    private @Nullable Object component(Object record, int index) {
        try {
            return (Object) getters[index].invokeExact(record);
        } catch (RuntimeException | Error thrown) {
            throw thrown;
        } catch (Throwable checked) {
            throw new IllegalStateException("Reading a field threw a checked exception", checked);
        }
    }
}
