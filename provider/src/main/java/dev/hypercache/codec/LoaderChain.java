package dev.hypercache.codec;

import dev.hypercache.spi.codec.ClassResolver;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Manager loader, then the thread's context loader, then the provider's own. Holds none of them. */
final class LoaderChain implements ClassResolver {
    private final Supplier<? extends @Nullable ClassLoader> managerLoader;

    LoaderChain(Supplier<? extends @Nullable ClassLoader> managerLoader) {
        this.managerLoader = managerLoader;
    }

    @Override
    public Class<?> resolve(String name) throws ClassNotFoundException {
        Class<?> primitive = primitive(name);
        if (primitive != null) {
            return primitive;
        }
        ClassLoader manager = managerLoader.get();
        if (manager != null) {
            try {
                return Class.forName(name, false, manager);
            } catch (ClassNotFoundException elsewhere) {
                // The next loader may know it.
            }
        }
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        if (context != null && context != manager) {
            try {
                return Class.forName(name, false, context);
            } catch (ClassNotFoundException elsewhere) {
                // The next loader may know it.
            }
        }
        return Class.forName(name, false, LoaderChain.class.getClassLoader());
    }

    /** The loader that plug-ins are looked up in. */
    @Nullable
    ClassLoader pluginLoader() {
        ClassLoader manager = managerLoader.get();
        return manager != null ? manager : LoaderChain.class.getClassLoader();
    }

    private static @Nullable Class<?> primitive(String name) {
        return switch (name) {
            case "boolean" -> boolean.class;
            case "byte" -> byte.class;
            case "short" -> short.class;
            case "char" -> char.class;
            case "int" -> int.class;
            case "long" -> long.class;
            case "float" -> float.class;
            case "double" -> double.class;
            case "void" -> void.class;
            default -> null;
        };
    }
}
