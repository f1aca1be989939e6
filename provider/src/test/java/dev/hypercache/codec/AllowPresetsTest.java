package dev.hypercache.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypercache.config.ClassPattern;
import dev.hypercache.spi.codec.DecodingException;
import dev.hypercache.spi.codec.EncodingException;
import java.io.Serializable;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.cache.interceptor.SimpleKey;
import org.springframework.cache.support.NullValue;

/** The presets against real objects of the frameworks that they are for. */
class AllowPresetsTest {
    private static final String CACHE = "org.hibernate.cache.";
    private static final String ACCESS = CACHE + "spi.support.AbstractReadWriteAccess$";
    private static final String MEMENTO =
            "org.hibernate.query.internal.QueryParameterBindingsImpl$ParameterBindingsMementoImpl";

    private final CodecRegistry bare = ring();
    private final CodecRegistry hibernate = ring("@hibernate");

    private static CodecRegistry ring(String... allowed) {
        return new CodecRegistry(
                AllowPresetsTest.class::getClassLoader,
                CodecSettings.ring(DefaultCodec.AUTO, 1 << 20, List.of(allowed)));
    }

    @AfterEach
    void close() {
        bare.close();
        hibernate.close();
    }

    @ParameterizedTest
    @MethodSource("presets")
    void everyClassOfAPresetExists(String preset) throws ClassNotFoundException {
        assertThat(AllowPresets.classesOf(preset)).isNotEmpty().doesNotHaveDuplicates();
        for (String name : AllowPresets.classesOf(preset)) {
            Class<?> type = Class.forName(name, false, getClass().getClassLoader());
            assertThat(Serializable.class).isAssignableFrom(type);
        }
    }

    static List<String> presets() {
        return ClassPattern.PRESETS;
    }

    @Test
    void whatSpringStoresPassesWithAndWithoutItsPreset() {
        assertThat(AllowPresets.classesOf("@spring")).containsExactlyInAnyOrderElementsOf(FrameworkTypes.SERIALIZABLE);
        CodecRegistry spring = ring("@spring");
        for (CodecRegistry registry : List.of(bare, spring)) {
            for (Object stored : List.of(new SimpleKey("a", List.of(1)), SimpleKey.EMPTY, NullValue.INSTANCE)) {
                assertThat(registry.decode(registry.encode(stored, Object.class), Object.class))
                        .isEqualTo(stored);
                assertThat(registry.keys(Object.class).encode(stored)).isNotEmpty();
            }
        }
        spring.close();
    }

    @Test
    void keysOfHibernateAreKeysOfARingWithItsPresetOnly() throws Throwable {
        for (Object key : hibernateKeys()) {
            byte[] bytes = hibernate.keys(Object.class).encode(key);

            assertThat(hibernate.keys(Object.class).decode(bytes))
                    .isEqualTo(key)
                    .isNotSameAs(key);
            assertThatThrownBy(() -> bare.keys(Object.class).encode(key))
                    .isInstanceOf(EncodingException.class)
                    .hasMessageContaining(
                            "hypercache.codec.java.allow=" + key.getClass().getName());
            assertThatThrownBy(() -> bare.keys(Object.class).decode(bytes)).isInstanceOf(DecodingException.class);
        }
    }

    private static List<Object> hibernateKeys() throws Throwable {
        Object memento = make(MEMENTO, List.of(Object[].class, int.class), new Object[] {"a", 1L}, 7);
        return List.of(
                make(
                        CACHE + "internal.BasicCacheKeyImplementation",
                        List.of(Serializable.class, String.class, int.class),
                        5L,
                        "com.acme.Book",
                        5),
                make(
                        CACHE + "internal.CacheKeyImplementation",
                        List.of(Object.class, String.class, String.class, int.class),
                        new Object[] {"isbn", 1},
                        "com.acme.Book",
                        "tenant",
                        9),
                make(
                        CACHE + "internal.NaturalIdCacheKey",
                        List.of(Object.class, String.class, String.class, int.class),
                        "isbn",
                        "com.acme.Book",
                        "tenant",
                        3),
                make(
                        CACHE + "spi.QueryKey",
                        List.of(
                                String.class,
                                Class.forName(CACHE + "spi.QueryKey$ParameterBindingsMemento"),
                                Integer.class,
                                Integer.class,
                                Set.class),
                        "select b from Book b",
                        memento,
                        0,
                        10,
                        Set.of("filter")));
    }

    @Test
    void entriesOfHibernateAreReadBackWithItsPresetOnly() throws Throwable {
        for (Object entry : hibernateEntries()) {
            byte[] bytes = hibernate.encode(entry, Object.class);

            assertThat(hibernate.decode(bytes, Object.class))
                    .usingRecursiveComparison()
                    .isEqualTo(entry);
            assertThatThrownBy(() -> bare.encode(entry, Object.class))
                    .isInstanceOf(EncodingException.class)
                    .hasMessageContaining(
                            "hypercache.codec.java.allow=" + entry.getClass().getName());
            assertThatThrownBy(() -> bare.decode(bytes, Object.class)).isInstanceOf(DecodingException.class);
        }
    }

    private static List<Object> hibernateEntries() throws Throwable {
        Serializable unfetched =
                constant("org.hibernate.bytecode.enhance.spi.LazyPropertyInitializer", "UNFETCHED_PROPERTY");
        Serializable unknown =
                constant("org.hibernate.property.access.internal.PropertyAccessStrategyBackRefImpl", "UNKNOWN");
        Object entity = make(
                CACHE + "spi.entry.StandardCacheEntryImpl",
                List.of(Serializable[].class, String.class, Object.class),
                new Serializable[] {"Moby-Dick", 1851, null, unfetched, unknown},
                "com.acme.Book",
                2);
        return List.of(
                entity,
                make(CACHE + "spi.entry.CollectionCacheEntry", List.of(Serializable.class), (Object)
                        new Serializable[] {1L, 2L}),
                make(ACCESS + "Item", List.of(Object.class, Object.class, long.class), entity, 2, 1_700_000_000_000L),
                make(
                        ACCESS + "SoftLockImpl",
                        List.of(long.class, UUID.class, long.class, Object.class),
                        99L,
                        new UUID(1, 2),
                        3L,
                        2),
                make(
                        CACHE + "internal.QueryResultsCacheImpl$CacheItem",
                        List.of(long.class, List.class),
                        1_700_000_000_000L,
                        new ArrayList<>(List.of("a", 1L))));
    }

    @Test
    void structuredEntriesAndTimestampsOfHibernateNeedNoPreset() {
        Map<String, Object> structured =
                new HashMap<>(Map.of("_subclass", "com.acme.Book", "_version", 2, "title", "Faust"));
        for (Object plain : List.of(structured, 1_700_000_000_000L, "public.book")) {
            assertThat(bare.decode(bare.encode(plain, Object.class), Object.class))
                    .isEqualTo(plain);
        }
    }

    private static Object make(String name, List<Class<?>> parameters, Object... arguments) throws Throwable {
        Class<?> type = Class.forName(name);
        return MethodHandles.privateLookupIn(type, MethodHandles.lookup())
                .findConstructor(type, MethodType.methodType(void.class, parameters))
                .invokeWithArguments(arguments);
    }

    private static Serializable constant(String owner, String name) throws Throwable {
        Class<?> type = Class.forName(owner);
        return (Serializable) MethodHandles.privateLookupIn(type, MethodHandles.lookup())
                .findStaticGetter(type, name, Serializable.class)
                .invoke();
    }
}
