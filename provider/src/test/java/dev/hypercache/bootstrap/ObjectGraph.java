package dev.hypercache.bootstrap;

import java.lang.ref.Reference;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be reached from some objects, with the way to it.
 *
 * <p>Fields of our own classes are followed, and what the JDK's containers hold; other objects of the JDK are noted and not
 * looked into. Borders are packages whose objects are neither noted nor followed.
 */
final class ObjectGraph {

    private static final String OURS = "dev.hypercache.";

    private final Set<String> borders;
    private final Map<Object, String> ways = new IdentityHashMap<>();
    private final ArrayDeque<Object> unseen = new ArrayDeque<>();

    private ObjectGraph(Set<String> borders) {
        this.borders = borders;
    }

    /** What can be reached from the roots without crossing a border. */
    static ObjectGraph from(Set<String> borders, Object... roots) {
        ObjectGraph graph = new ObjectGraph(borders);
        for (Object root : roots) {
            graph.note(root, root.getClass().getSimpleName());
        }
        for (Object next = graph.unseen.poll(); next != null; next = graph.unseen.poll()) {
            graph.follow(next, graph.ways.get(next));
        }
        return graph;
    }

    /** Whether an object can be reached. */
    boolean reaches(Object object) {
        return ways.containsKey(object);
    }

    int size() {
        return ways.size();
    }

    /** The mutable objects that both graphs reach, other than known constants: both ways, by the first of them. */
    Map<String, String> sharedWith(ObjectGraph other, ObjectGraph constants) {
        Map<String, String> shared = new TreeMap<>();
        ways.forEach((object, way) -> {
            String otherWay = other.ways.get(object);
            if (otherWay != null && isMutable(object) && !constants.reaches(object)) {
                shared.put(way, object.getClass().getName() + " is also " + otherWay);
            }
        });
        return shared;
    }

    private void note(@Nullable Object object, String way) {
        if (object != null
                && !isBorder(object.getClass())
                && !isValue(object)
                && ways.putIfAbsent(object, way) == null) {
            unseen.add(object);
        }
    }

    private boolean isBorder(Class<?> type) {
        return borders.contains(type.getPackageName());
    }

    /** What says the same whoever looks at it. */
    private static boolean isValue(Object object) {
        return object instanceof String
                || object instanceof Number && object.getClass().getName().startsWith("java.lang.")
                || object instanceof Boolean
                || object instanceof Character
                || object instanceof Enum
                || object instanceof Class
                || object instanceof ClassLoader;
    }

    private static boolean isMutable(Object object) {
        Class<?> type = object.getClass();
        if (type.isArray()) {
            return Array.getLength(object) > 0;
        }
        if (type.getName().startsWith(OURS)) {
            return hasChangingField(type);
        }
        if (object instanceof ByteBuffer buffer) {
            return !buffer.isReadOnly();
        }
        boolean isUnmodifiable = type.getName().contains("Immutable")
                || type.getName().contains("Unmodifiable")
                || type.getName().contains("Empty");
        return !isUnmodifiable && !type.getName().startsWith("java.time.") && !isIdentifier(type);
    }

    private static boolean isIdentifier(Class<?> type) {
        return type == java.util.UUID.class || type == java.net.URI.class;
    }

    private static boolean hasChangingField(Class<?> type) {
        for (Class<?> part = type; part != null; part = part.getSuperclass()) {
            for (Field field : part.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !Modifier.isFinal(field.getModifiers())) {
                    return true;
                }
            }
        }
        return false;
    }

    private void follow(Object object, String way) {
        if (object instanceof Object[] array) {
            for (Object element : array) {
                note(element, way + "[]");
            }
        } else if (object instanceof Collection<?> collection) {
            collection.forEach(element -> note(element, way + "[]"));
        } else if (object instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                note(key, way + ".key");
                note(value, way + "[]");
            });
        } else if (object instanceof AtomicReference<?> reference) {
            note(reference.get(), way + ".get");
        } else if (object instanceof AtomicReferenceArray<?> array) {
            for (int i = 0; i < array.length(); i++) {
                note(array.get(i), way + "[]");
            }
        } else if (object instanceof Reference<?> reference) {
            note(reference.get(), way + ".get");
        } else if (object.getClass().getName().startsWith(OURS)) {
            followFields(object, way);
        }
    }

    private void followFields(Object object, String way) {
        for (Class<?> part = object.getClass(); part != null; part = part.getSuperclass()) {
            if (!part.getName().startsWith(OURS)) {
                return;
            }
            for (Field field : part.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                    note(valueOf(field, object), way + "." + field.getName());
                }
            }
        }
    }

    private static @Nullable Object valueOf(Field field, Object object) {
        try {
            field.setAccessible(true);
            return field.get(object);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}
