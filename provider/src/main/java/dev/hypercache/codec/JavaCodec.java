package dev.hypercache.codec;

import dev.hypercache.spi.codec.ClassResolver;
import dev.hypercache.spi.codec.CodecContext;
import dev.hypercache.spi.codec.DecodingException;
import dev.hypercache.spi.codec.EncodingException;
import dev.hypercache.spi.codec.ValueCodec;
import java.io.IOException;
import java.io.InputStream;
import java.io.NotSerializableException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.URL;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Java serialization behind a filter: the only class that touches {@link ObjectInputStream} (SECURITY R1).
 *
 * <p>The filter is always set. It refuses by number (depth, references, bytes, array length) and by class. The same class
 * filter holds while writing, so that a class which could not be read back is refused at the {@code put}.
 */
final class JavaCodec implements ValueCodec {
    static final int ID = 2;
    private static final int VERSION = 1;

    /** What stands in a stream for immutable collections and enum sets. */
    private static final Set<String> COLLECTION_PROXIES =
            Set.of("java.util.CollSer", "java.util.EnumSet$SerializationProxy", "java.util.EnumMap$SerializationProxy");

    private final SerializationLimits limits;
    private final ClassFilter filter;

    JavaCodec(SerializationLimits limits, ClassFilter filter) {
        this.limits = limits;
        this.filter = filter;
    }

    @Override
    public int id() {
        return ID;
    }

    @Override
    public String name() {
        return "java";
    }

    @Override
    public int version() {
        return VERSION;
    }

    @Override
    public boolean canEncode(Class<?> type) {
        return java.io.Serializable.class.isAssignableFrom(type);
    }

    @Override
    public void encode(Object value, OutputStream out, CodecContext context) throws IOException {
        write(value, new FilteredOutput(out, context.declaredType(), false));
    }

    /**
     * Writes a key so that its bytes do not depend on which of its parts are the same object: equal parts are written once.
     *
     * @throws EncodingException also if the key holds a collection, whose serialized form depends on its history
     */
    void encodeCanonical(Object key, OutputStream out, CodecContext context) throws IOException {
        write(key, new FilteredOutput(out, context.declaredType(), true));
    }

    private static void write(Object value, ObjectOutputStream output) throws IOException {
        try (ObjectOutputStream stream = output) {
            stream.writeObject(value);
        } catch (NotSerializableException missing) {
            throw new EncodingException(missing.getMessage() + " is not Serializable", missing);
        } catch (StackOverflowError tooDeep) {
            throw new EncodingException(
                    value.getClass().getName() + " is nested too deeply for Java serialization", tooDeep);
        }
    }

    @Override
    public Object decode(int version, ByteBuffer payload, CodecContext context) throws IOException {
        if (version != VERSION) {
            throw new DecodingException(
                    "Java serialization codec version " + version + " is unknown, this is " + VERSION);
        }
        try (ObjectInputStream stream = new ResolvingInput(new BufferInput(payload), context.classes())) {
            ClassFilter admitted = filter.and(context.declaredType());
            stream.setObjectInputFilter(info -> check(info, admitted));
            Object value = stream.readObject();
            if (value == null || payload.hasRemaining()) {
                throw new DecodingException(
                        value == null ? "Java serialization of null" : payload.remaining() + " bytes after the value");
            }
            return value;
        } catch (ClassNotFoundException missing) {
            throw new DecodingException("Class " + missing.getMessage() + " is not known here", missing);
        } catch (StackOverflowError tooDeep) {
            throw new DecodingException("The value is nested too deeply", tooDeep);
        }
    }

    private ObjectInputFilter.Status check(ObjectInputFilter.FilterInfo info, ClassFilter admitted) {
        if (info.depth() > limits.depthMax()
                || info.references() > limits.refsMax()
                || info.streamBytes() > limits.bytesMax()
                || info.arrayLength() > limits.arrayMax()) {
            return ObjectInputFilter.Status.REJECTED;
        }
        Class<?> type = info.serialClass();
        if (type == null) {
            return ObjectInputFilter.Status.UNDECIDED;
        }
        return admitted.admits(type) ? ObjectInputFilter.Status.ALLOWED : ObjectInputFilter.Status.REJECTED;
    }

    /** Refuses at writing what would be refused at reading. */
    private final class FilteredOutput extends ObjectOutputStream {
        private final ClassFilter admitted;
        private final Map<Part, Object> parts = new HashMap<>();

        FilteredOutput(OutputStream out, Class<?> declaredType, boolean canonical) throws IOException {
            super(out);
            this.admitted = filter.and(declaredType);
            enableReplaceObject(canonical);
        }

        /** Puts one representative in the place of all equal parts. */
        @Override
        protected Object replaceObject(Object part) {
            if (part instanceof Collection
                    || part instanceof Map
                    || COLLECTION_PROXIES.contains(part.getClass().getName())) {
                throw new EncodingException("it holds a collection, whose serialized form is not a function of equals");
            }
            if (part instanceof URI || part instanceof URL) {
                throw new EncodingException("it holds a " + part.getClass().getName()
                        + ", whose equals ignores case in places that the serialized form keeps");
            }
            Object known = parts.putIfAbsent(new Part(part), part);
            return known != null ? known : part;
        }

        @Override
        protected void annotateClass(Class<?> type) {
            if (!admitted.admits(type)) {
                throw new EncodingException(ClassFilter.refusal(type));
            }
        }
    }

    /** Equality of parts of a key: of one class and equal, arrays by content. */
    private record Part(Object object) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Part part
                    && part.object.getClass() == object.getClass()
                    && Objects.deepEquals(object, part.object);
        }

        @Override
        public int hashCode() {
            return Arrays.deepHashCode(new Object[] {object});
        }
    }

    /** Finds classes, and the interfaces of proxies, in the manager's loader first. */
    private static final class ResolvingInput extends ObjectInputStream {
        private final ClassResolver classes;

        ResolvingInput(InputStream in, ClassResolver classes) throws IOException {
            super(in);
            this.classes = classes;
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass description) throws ClassNotFoundException {
            return classes.resolve(description.getName());
        }

        @Override
        protected Class<?> resolveProxyClass(String[] names) throws ClassNotFoundException {
            Class<?>[] interfaces = new Class<?>[names.length];
            for (int i = 0; i < names.length; i++) {
                interfaces[i] = classes.resolve(names[i]);
            }
            return proxyClass(interfaces);
        }

        /** A proxy class belongs to the loader of a non-public interface if there is one, else of any application one. */
        @SuppressWarnings("deprecation") // Only a class is asked for here; an instance comes from the stream.
        private static Class<?> proxyClass(Class<?>[] interfaces) throws ClassNotFoundException {
            ClassLoader loader = null;
            for (Class<?> type : interfaces) {
                ClassLoader candidate = type.getClassLoader();
                if (candidate != null
                        && (loader == null || !java.lang.reflect.Modifier.isPublic(type.getModifiers()))) {
                    loader = candidate;
                }
            }
            try {
                return Proxy.getProxyClass(loader, interfaces);
            } catch (IllegalArgumentException unfit) {
                throw new ClassNotFoundException("proxy of " + interfaces.length + " interfaces", unfit);
            }
        }
    }

    /** Reads a buffer; its position tells what was left over. */
    private static final class BufferInput extends InputStream {
        private final ByteBuffer buffer;

        BufferInput(ByteBuffer buffer) {
            this.buffer = buffer;
        }

        @Override
        public int read() {
            return buffer.hasRemaining() ? buffer.get() & 0xFF : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (length == 0) {
                return 0;
            }
            int count = Math.min(length, buffer.remaining());
            if (count == 0) {
                return -1;
            }
            buffer.get(target, offset, count);
            return count;
        }

        @Override
        public int available() {
            return buffer.remaining();
        }
    }
}
