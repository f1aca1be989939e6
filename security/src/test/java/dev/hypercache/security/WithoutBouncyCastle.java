package dev.hypercache.security;

import java.net.URL;
import java.net.URLClassLoader;

/** Loads our classes anew, in a world where Bouncy Castle does not exist. */
final class WithoutBouncyCastle extends URLClassLoader {

    WithoutBouncyCastle(Class<?> ours) {
        super(new URL[] {ours.getProtectionDomain().getCodeSource().getLocation()}, ours.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (name.startsWith("org.bouncycastle.")) {
            throw new ClassNotFoundException(name);
        }
        boolean ours = name.startsWith("dev.hypercache.security.");
        Class<?> loaded = ours ? findLoadedClass(name) : super.loadClass(name, resolve);
        return loaded == null ? findClass(name) : loaded;
    }
}
