package dev.hypercache.codec;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Spring's {@code SimpleKey}: an array of arguments that compares by {@link Arrays#deepEquals}.
 *
 * <p>Reached through reflection, so that Spring stays a dependency of those who have it.
 */
final class SimpleKeyCopier extends Copier {
    private final MethodHandle parameters;
    private final MethodHandle constructor;

    private SimpleKeyCopier(MethodHandle parameters, MethodHandle constructor) {
        this.parameters = parameters;
        this.constructor = constructor;
    }

    /** The copier of the class of that name; {@link Copier#NONE} if it does not look as expected. */
    static Copier of(Class<?> type) {
        try {
            Field field = type.getDeclaredField("params");
            field.setAccessible(true);
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            MethodHandle getter =
                    lookup.unreflectGetter(field).asType(MethodType.methodType(Object[].class, Object.class));
            MethodHandle constructor = lookup.unreflectConstructor(type.getConstructor(Object[].class))
                    .asFixedArity()
                    .asType(MethodType.methodType(Object.class, Object[].class));
            return new SimpleKeyCopier(getter, constructor);
        } catch (ReflectiveOperationException | InaccessibleObjectException | SecurityException different) {
            // Serialization works with any version of the class.
            return NONE;
        }
    }

    @Nullable
    Object[] parameters(Object key) {
        try {
            return (Object[]) parameters.invokeExact(key);
        } catch (RuntimeException | Error thrown) {
            throw thrown;
        } catch (Throwable checked) {
            throw new IllegalStateException("Reading a field threw a checked exception", checked);
        }
    }

    Object create(@Nullable Object[] elements) {
        try {
            return (Object) constructor.invokeExact(elements);
        } catch (RuntimeException | Error thrown) {
            throw thrown;
        } catch (Throwable checked) {
            throw new IllegalStateException("The constructor of SimpleKey threw a checked exception", checked);
        }
    }

    @Override
    Object copy(Object source, CopyRun run) {
        @Nullable Object[] elements = parameters(source);
        @Nullable Object[] copies = elements.clone();
        if (!ArrayCopiers.copyElements(copies, run)) {
            return UNCOPYABLE;
        }
        return ListCopiers.same(elements, copies) ? source : create(copies);
    }

    @Override
    long weigh(Object object, CopyRun run) {
        @Nullable Object[] elements = parameters(object);
        return run.weighAll(24 + FlatWeight.array(elements.length, 4), Arrays.asList(elements));
    }
}
