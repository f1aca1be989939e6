package dev.hypercache.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypercache.spi.codec.CodecContext;
import dev.hypercache.spi.codec.DecodingException;
import dev.hypercache.spi.codec.ValueCodec;
import dev.hypercache.spi.codec.ValueCodecContract;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JacksonCodecTest extends ValueCodecContract {
    private final JacksonCodec codec = new JacksonCodec(SerializationLimits.EMBEDDED);
    private final CodecRegistry registry = new CodecRegistry(
            () -> JacksonCodecTest.class.getClassLoader(), CodecSettings.embedded(DefaultCodec.JACKSON));

    public static final class Person {
        public String name = "";
        public int age;
        public List<String> tags = List.of();

        @Override
        public boolean equals(Object other) {
            return other instanceof Person person && person.name.equals(name) && person.age == age;
        }

        @Override
        public int hashCode() {
            return name.hashCode();
        }
    }

    static final class Child {}

    record Address(String city, int zip) {}

    @Override
    protected ValueCodec codec() {
        return codec;
    }

    @Override
    protected List<?> values() {
        return List.of(person(), new Address("Lyon", 69_000));
    }

    @Override
    protected CodecContext contextOf(Object value) {
        return new CodecContext(value.getClass(), name -> {
            throw new ClassNotFoundException(name);
        });
    }

    private static Person person() {
        Person person = new Person();
        person.name = "Ada";
        person.age = 36;
        person.tags = List.of("x");
        return person;
    }

    @Test
    void cacheOfADeclaredTypeHoldsJson() {
        Handles handles = registry.byValue("people", String.class, Person.class);

        Object handle = handles.handleOf(person());

        assertThat(new String(((EncodedValue) handle).bytes(), StandardCharsets.UTF_8))
                .endsWith("{\"name\":\"Ada\",\"age\":36,\"tags\":[\"x\"]}");
        assertThat(handles.valueOf(handle)).isEqualTo(person()).isNotSameAs(person());
    }

    @Test
    void cacheWithoutADeclaredTypeIsRefusedWithTheRemedy() {
        Handles handles = registry.byValue("people", Object.class, Object.class);

        assertThatThrownBy(() -> handles.handleOf(person()))
                .isInstanceOf(UnstorableValueException.class)
                .hasMessageContainingAll(
                        "'people'", Person.class.getName(), "setTypes", "hypercache.codec.default=java");
    }

    @Test
    void valueOfAnotherClassThanDeclaredIsRefused() {
        Handles handles = registry.byValue("people", String.class, Person.class);

        assertThatThrownBy(() -> handles.handleOf(new Child()))
                .isInstanceOf(UnstorableValueException.class)
                .hasMessageContainingAll("exactly the declared type", Person.class.getName(), Child.class.getName());
    }

    @Test
    void genericOrAbstractDeclaredTypeIsNoType() {
        assertThat(codec.canEncode(Object.class)).isFalse();
        assertThat(codec.canEncode(Map.class)).isFalse();
        assertThat(codec.canEncode(java.util.ArrayList.class)).isFalse();
        assertThat(codec.canEncode(Number.class)).isFalse();
    }

    @Test
    void sloppyJsonIsRefused() {
        for (String json : List.of(
                "{\"name\":\"a\",\"name\":\"b\"}",
                "{\"name\":\"a\"} x",
                "{\"unknown\":1}",
                "{\"age\":1.9}",
                "{\"age\":\"1\"}",
                "{\"age\":null}",
                "null",
                "[".repeat(100_000))) {
            byte[] body = json.getBytes(StandardCharsets.UTF_8);
            byte[] bytes = new byte[body.length + 2];
            bytes[0] = JacksonCodec.ID;
            bytes[1] = 1;
            System.arraycopy(body, 0, bytes, 2, body.length);

            assertThatThrownBy(() -> registry.decode(bytes, Person.class))
                    .as(json.substring(0, Math.min(json.length(), 40)))
                    .isInstanceOf(DecodingException.class);
        }
    }
}
