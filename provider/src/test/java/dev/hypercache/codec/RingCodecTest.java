package dev.hypercache.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypercache.spi.codec.DecodingException;
import dev.hypercache.spi.codec.EncodingException;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The codecs of a ring (SECURITY R1): what was written by others runs nothing, and what was put can be read. */
class RingCodecTest {
    private static final long BYTES_MAX = 1 << 20;

    private final CodecRegistry open = registry(CodecSettings.embedded(DefaultCodec.AUTO));
    private final CodecRegistry strict = registry(CodecSettings.ring(DefaultCodec.AUTO, BYTES_MAX, List.of()));
    private final CodecRegistry allowing = registry(
            CodecSettings.ring(DefaultCodec.AUTO, BYTES_MAX, List.of(Link.class.getName(), Parts.class.getName())));

    private static CodecRegistry registry(CodecSettings settings) {
        return new CodecRegistry(RingCodecTest.class::getClassLoader, settings);
    }

    /** Does what it was not asked for when it is read. */
    static final class Gadget implements Serializable {
        private static final long serialVersionUID = 1L;
        static final AtomicInteger RUNS = new AtomicInteger();

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            RUNS.incrementAndGet();
        }
    }

    static final class Link implements Serializable {
        private static final long serialVersionUID = 1L;
        private final @Nullable Link next;

        Link(@Nullable Link next) {
            this.next = next;
        }

        static Link chain(int length) {
            Link chain = new Link(null);
            for (int i = 1; i < length; i++) {
                chain = new Link(chain);
            }
            return chain;
        }

        int length() {
            return next == null ? 1 : 1 + next.length();
        }
    }

    static final class Parts implements Serializable {
        private static final long serialVersionUID = 1L;

        @SuppressWarnings("serial") // What is in it is what the test is about.
        private final Object[] parts;

        Parts(Object... parts) {
            this.parts = parts;
        }
    }

    interface Greeting {
        String text();
    }

    record Hello() implements InvocationHandler, Serializable {
        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) {
            return "hello";
        }
    }

    @AfterEach
    void close() {
        open.close();
        strict.close();
        allowing.close();
    }

    @Test
    void gadgetIsRefusedAtThePutAndRunsNothingWhenItIsRead() {
        Gadget.RUNS.set(0);
        byte[] hidden = open.encode(new Parts(new Gadget()), Object.class);
        byte[] bare = open.encode(new Gadget(), Object.class);

        assertThatThrownBy(() -> allowing.encode(new Parts(new Gadget()), Object.class))
                .isInstanceOf(EncodingException.class)
                .hasMessageContaining(Gadget.class.getName());
        assertThatThrownBy(() -> strict.encode(new Gadget(), Object.class))
                .isInstanceOf(EncodingException.class)
                .hasMessageContaining("hypercache.codec.java.allow=" + Gadget.class.getName());
        assertThatThrownBy(() -> allowing.decode(hidden, Object.class)).isInstanceOf(DecodingException.class);
        assertThatThrownBy(() -> strict.decode(bare, Object.class)).isInstanceOf(DecodingException.class);
        assertThat(Gadget.RUNS).hasValue(0);

        open.decode(hidden, Object.class);
        assertThat(Gadget.RUNS).hasValue(1);
    }

    @Test
    void lineThatAllowsAClassKeepsWhatIsAllowedAlready() {
        assertThatThrownBy(() -> allowing.encode(new Gadget(), Object.class))
                .hasMessageContaining("hypercache.codec.java.allow=" + Link.class.getName() + ","
                        + Parts.class.getName() + "," + Gadget.class.getName());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 15, 16})
    void valueWithinTheLimitOfDepthIsReadBack(int length) {
        byte[] bytes = allowing.encode(Link.chain(length), Object.class);

        assertThat(((Link) allowing.decode(bytes, Object.class)).length()).isEqualTo(length);
    }

    @ParameterizedTest
    @ValueSource(ints = {17, 18, 100})
    void valueThatIsTooDeepToBeReadIsRefusedAtThePut(int length) {
        assertThatThrownBy(() -> allowing.encode(Link.chain(length), Object.class))
                .isInstanceOf(EncodingException.class)
                .hasMessageContainingAll(Link.class.getName(), "16 objects inside each other", "Flatten it");
        byte[] bytes = open.encode(Link.chain(length), Object.class);
        assertThatThrownBy(() -> allowing.decode(bytes, Object.class)).isInstanceOf(DecodingException.class);
    }

    @Test
    void valueWithTooManyReferencesIsRefusedAtThePut() {
        Object[] numbers = IntStream.range(1_000, 9_000).boxed().toArray();
        byte[] bytes = allowing.encode(new Parts(numbers), Object.class);
        assertThat(((Parts) allowing.decode(bytes, Object.class)).parts).isEqualTo(numbers);

        Object[] more = IntStream.range(1_000, 12_000).boxed().toArray();
        assertThatThrownBy(() -> allowing.encode(new Parts(more), Object.class))
                .isInstanceOf(EncodingException.class)
                .hasMessageContaining("10000 references");
    }

    @Test
    void interfacesOfAProxyAreJudgedAtThePut() {
        Object proxy =
                Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Greeting.class}, new Hello());

        assertThatThrownBy(() -> strict.encode(proxy, Object.class))
                .isInstanceOf(EncodingException.class)
                .hasMessageContaining(Greeting.class.getName());
    }
}
