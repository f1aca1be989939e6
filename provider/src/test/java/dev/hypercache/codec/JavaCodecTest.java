package dev.hypercache.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypercache.spi.codec.CodecContext;
import dev.hypercache.spi.codec.DecodingException;
import dev.hypercache.spi.codec.EncodingException;
import dev.hypercache.spi.codec.ValueCodec;
import dev.hypercache.spi.codec.ValueCodecContract;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JavaCodecTest extends ValueCodecContract {
    private final JavaCodec codec = new JavaCodec(SerializationLimits.ring(1 << 20), ClassFilter.all());

    @Override
    protected ValueCodec codec() {
        return codec;
    }

    @Override
    protected List<?> values() {
        return List.of(new Money(5, "EUR"), new ArrayList<>(List.of("a", 1)), new HashMap<>(Map.of("a", 1)), "text");
    }

    record Money(long cents, String currency) implements Serializable {}

    @Test
    void classOutsideTheAllowListIsRefusedOnBothSidesWithTheLineThatAllowsIt() throws IOException {
        JavaCodec strict = new JavaCodec(SerializationLimits.ring(1 << 20), ClassFilter.of(List.of()));
        Money money = new Money(1, "EUR");

        assertThatThrownBy(() -> strict.encode(money, new ByteArrayOutputStream(), contextOf(money)))
                .isInstanceOf(EncodingException.class)
                .hasMessageContaining("hypercache.codec.java.allow=" + Money.class.getName());
        assertThatThrownBy(() -> strict.decode(1, encoded(money), contextOf(money)))
                .isInstanceOf(InvalidClassException.class)
                .hasMessageContaining("REJECTED");
    }

    @Test
    void allowedPatternsAndTheDeclaredTypePass() throws IOException {
        Money money = new Money(1, "EUR");
        JavaCodec byPattern =
                new JavaCodec(SerializationLimits.ring(1 << 20), ClassFilter.of(List.of("dev.hypercache.**")));
        JavaCodec byType = new JavaCodec(SerializationLimits.ring(1 << 20), ClassFilter.of(List.of()));

        assertThat(byPattern.decode(1, encoded(money), contextOf(money))).isEqualTo(money);
        CodecContext declared = new CodecContext(Money.class, contextOf(money).classes());
        assertThat(byType.decode(1, encoded(money), declared)).isEqualTo(money);
    }

    @Test
    void nestingBeyondTheLimitIsRefused() throws IOException {
        List<Object> nested = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            nested = new ArrayList<>(List.of(nested));
        }
        ByteBuffer bytes = encoded(nested);

        assertThatThrownBy(() -> codec.decode(1, bytes, contextOf("")))
                .isInstanceOf(InvalidClassException.class)
                .hasMessageContaining("REJECTED");
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 1 << 20, Integer.MAX_VALUE})
    void arrayThatIsLongerThanItsBytesIsRefusedBeforeItIsAllocated(int declared) throws IOException {
        byte[] bytes = encoded(new byte[] {1, 2, 3}).array();
        int length = bytes.length - 3 - 4;
        ByteBuffer.wrap(bytes).putInt(length, declared);

        assertThatThrownBy(() -> codec.decode(1, ByteBuffer.wrap(bytes), contextOf("")))
                .isInstanceOf(InvalidClassException.class)
                .hasMessageContaining("REJECTED");
    }

    @Test
    void nonSerializablePartIsNamed() {
        assertThatThrownBy(() -> codec.encode(
                        new ArrayList<>(List.of(new Object())), new ByteArrayOutputStream(), contextOf("")))
                .isInstanceOf(EncodingException.class)
                .hasMessageContaining("java.lang.Object is not Serializable");
    }

    @Test
    void missingClassIsADecodingFailureThatNamesIt() throws IOException {
        ByteBuffer bytes = encoded(new Money(1, "EUR"));
        CodecContext blind = new CodecContext(Object.class, name -> {
            throw new ClassNotFoundException(name);
        });

        assertThatThrownBy(() -> codec.decode(1, bytes, blind))
                .isInstanceOf(DecodingException.class)
                .hasMessageContaining(Money.class.getName());
    }

    @Test
    void proxyIsReadBack() throws IOException {
        Object proxy = Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Greeting.class}, new ConstantHandler("hello"));

        Object copy = codec.decode(1, encoded(proxy), contextOf(proxy));

        assertThat(((Greeting) copy).text()).isEqualTo("hello");
    }

    interface Greeting {
        String text();
    }

    record ConstantHandler(String answer) implements InvocationHandler, Serializable {
        @Override
        public Object invoke(Object proxy, java.lang.reflect.Method method, Object[] arguments) {
            return answer;
        }
    }

    private ByteBuffer encoded(Object value) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        codec.encode(value, out, contextOf(value));
        return ByteBuffer.wrap(out.toByteArray());
    }
}
