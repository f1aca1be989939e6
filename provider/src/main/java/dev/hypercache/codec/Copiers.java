package dev.hypercache.codec;

import java.lang.ref.WeakReference;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Finds the copier of a class, once per class.
 *
 * <p>The answer hangs on the class itself, so an application's classes go when the application goes, even if the manager
 * lives on. The other way round, {@link #close} takes the answers off again: a class of the JDK outlives the provider and
 * would keep the provider's class loader alive.
 */
final class Copiers extends ClassValue<Copier> {
    // One weak reference per class ever seen: bounded by the number of classes in the JVM.
    private final Queue<WeakReference<Class<?>>> seen = new ConcurrentLinkedQueue<>();

    /** The copier for an object's class; exact class only, a subclass of a known class is unknown. */
    Copier of(Object object) {
        return get(object.getClass());
    }

    @Override
    protected Copier computeValue(Class<?> type) {
        seen.add(new WeakReference<>(type));
        Copier known = JdkCopiers.of(type);
        if (known != null) {
            return known;
        }
        if (type.isRecord()) {
            return RecordCopier.of(type);
        }
        return FrameworkTypes.copierOf(type);
    }

    /** Forgets everything that was computed; later questions compute anew. */
    void close() {
        for (WeakReference<Class<?>> reference = seen.poll(); reference != null; reference = seen.poll()) {
            Class<?> type = reference.get();
            if (type != null) {
                remove(type);
            }
        }
    }
}
