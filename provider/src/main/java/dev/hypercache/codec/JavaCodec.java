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
 * <p>The filter is always set: {@code maxdepth;maxrefs;maxbytes;maxarray;<allowed>;!*}. It refuses by number and by class.
 * On a ring the same holds at the {@code put}, lest something is acknowledged that nobody can read: classes are judged and
 * bytes counted while they are written; a value with so many objects that it might pass the limits of depth or references is
 * read back once, since a writer does not know how deep it is.
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
        encode(value, out, context, false);
    }

    /**
     * Writes a key so that its bytes do not depend on which of its parts are the same object: equal parts are written once.
     *
     * @throws EncodingException also if the key holds a collection, whose serialized form depends on its history
     */
    void encodeCanonical(Object key, OutputStream out, CodecContext context) throws IOException {
        encode(key, out, context, true);
    }

    private void encode(Object value, OutputStream out, CodecContext context, boolean canonical) throws IOException {
        if (filter.isOpen()) {
            write(value, new FilteredOutput(out, context.declaredType(), canonical));
            return;
        }
        ByteSink sink = new ByteSink(limits.bytesMax());
        FilteredOutput output = new FilteredOutput(sink, context.declaredType(), canonical);
        write(value, output);
        byte[] bytes = sink.toByteArray();
        if (limits.mightRefuse(output.objects, bytes.length)) {
            prove(value, ByteBuffer.wrap(bytes), context);
        }
        out.write(bytes);
    }

    /** Reads what was written, as its readers will. */
    private void prove(Object value, ByteBuffer bytes, CodecContext context) {
        try {
            decode(VERSION, bytes, context);
        } catch (IOException | RuntimeException refused) {
            throw new EncodingException(
                    value.getClass().getName() + " could not be read back (" + refused.getMessage()
                            + "): on a ring a value has"
                            + " at most " + limits.depthMax() + " objects inside each other and " + limits.refsMax()
                            + " references. Flatten it, or store its parts under keys of their own",
                    refused);
        }
    }

    private static void write(Object value, ObjectOutputStream output) throws IOException {
        try (ObjectOutputStream stream = output) {
            stream.writeObject(value);
        } catch (NotSerializableException missing) {
            throw new EncodingException(
                    missing.getMessage() + " is not Serializable. Make it a record, a class with a codec of its own, or"
                            + " Serializable",
                    missing);
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
            long arrayMax = limits.arrayMax(payload.remaining());
            stream.setObjectInputFilter(info -> check(info, admitted, arrayMax));
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

    private ObjectInputFilter.Status check(ObjectInputFilter.FilterInfo info, ClassFilter admitted, long arrayMax) {
        if (info.depth() > limits.depthMax()
                || info.references() > limits.refsMax()
                || info.streamBytes() > limits.bytesMax()
                || info.arrayLength() > arrayMax) {
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
        private final boolean canonical;
        private final Map<Part, Object> parts = new HashMap<>();
        long objects;

        FilteredOutput(OutputStream out, Class<?> declaredType, boolean canonical) throws IOException {
            super(out);
            this.admitted = filter.and(declaredType);
            this.canonical = canonical;
            enableReplaceObject(canonical || !filter.isOpen());
        }

        /** Counts the objects; in a key puts one representative in the place of all equal parts. */
        @Override
        protected Object replaceObject(Object part) {
            objects++;
            return canonical ? representative(part) : part;
        }

        private Object representative(Object part) {
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
                throw new EncodingException(admitted.refusal(type));
            }
        }

        @Override
        protected void annotateProxyClass(Class<?> proxy) {
            for (Class<?> type : proxy.getInterfaces()) {
                annotateClass(type);
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
}
