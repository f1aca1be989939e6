package dev.hypercache.config;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;

/** Loads the product's classes anew and refuses others by their package, as if an artifact were missing. */
public final class IsolatedLoader extends ClassLoader {
    private final String[] absent;

    public IsolatedLoader(String... absentPrefixes) {
        super(IsolatedLoader.class.getClassLoader());
        this.absent = absentPrefixes;
    }

    /** Runs a class of the product or its tests with what this loader gives. */
    public void run(Class<? extends Runnable> type) throws ReflectiveOperationException {
        Constructor<?> constructor = loadClass(type.getName()).getDeclaredConstructor();
        constructor.setAccessible(true);
        ((Runnable) constructor.newInstance()).run();
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        for (String prefix : absent) {
            if (name.startsWith(prefix)) {
                throw new ClassNotFoundException(name + " is absent in this test");
            }
        }
        if (!name.startsWith("dev.hypercache.")) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : define(name);
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] bytes = in.readAllBytes();
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }
}
