package dev.hypercache.codec;

import dev.hypercache.spi.codec.ValueCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/** Which codec has which id, and which takes what. Immutable. */
final class CodecTable {
    private final BuiltinCodec builtin;
    private final JavaCodec java;
    private final ValueCodec fallback;
    private final List<ValueCodec> plugins;
    private final @Nullable ValueCodec[] byId = new @Nullable ValueCodec[ValueCodec.ID_MAX + 1];

    private CodecTable(BuiltinCodec builtin, JavaCodec java, ValueCodec fallback, List<ValueCodec> plugins) {
        this.builtin = builtin;
        this.java = java;
        this.fallback = fallback;
        this.plugins = plugins;
        byId[builtin.id()] = builtin;
        byId[java.id()] = java;
        byId[fallback.id()] = fallback;
        for (ValueCodec plugin : plugins) {
            byId[plugin.id()] = plugin;
        }
    }

    /**
     * Makes the codecs that the settings ask for and finds the plug-ins.
     *
     * @throws CacheException if a plug-in cannot be loaded, or its id is reserved or taken
     */
    static CodecTable create(CodecSettings settings, Copiers copiers, @Nullable ClassLoader pluginLoader) {
        SerializationLimits limits = settings.limits();
        JavaCodec java = new JavaCodec(limits, settings.filter());
        return new CodecTable(
                new BuiltinCodec(copiers, settings.filter(), limits.bytesMax()),
                java,
                settings.defaultCodec() == DefaultCodec.JACKSON ? jackson(limits) : java,
                plugins(pluginLoader));
    }

    /** Alone in a method, so that Jackson is loaded only if it is configured. */
    private static ValueCodec jackson(SerializationLimits limits) {
        try {
            return new JacksonCodec(limits);
        } catch (LinkageError absent) {
            throw new CacheException(
                    "hypercache.codec.default=jackson needs com.fasterxml.jackson.core:jackson-databind on the class path",
                    absent);
        }
    }

    private static List<ValueCodec> plugins(@Nullable ClassLoader loader) {
        List<ValueCodec> found = new ArrayList<>();
        try {
            for (ValueCodec plugin : ServiceLoader.load(ValueCodec.class, loader)) {
                found.add(plugin);
            }
        } catch (ServiceConfigurationError broken) {
            throw new CacheException("A codec plug-in cannot be loaded: " + broken.getMessage(), broken);
        }
        found.sort((left, right) -> Integer.compare(left.id(), right.id()));
        ValueCodec previous = null;
        for (ValueCodec plugin : found) {
            if (plugin.id() < ValueCodec.RESERVED_IDS_BELOW || plugin.id() > ValueCodec.ID_MAX) {
                throw new CacheException(
                        "Codec '" + plugin.name() + "' has the id " + plugin.id() + ". Plug-ins have ids from "
                                + ValueCodec.RESERVED_IDS_BELOW + " to " + ValueCodec.ID_MAX + ".");
            }
            if (previous != null && previous.id() == plugin.id()) {
                throw new CacheException("Codecs '" + previous.name() + "' and '" + plugin.name()
                        + "' have the same id " + plugin.id() + ". Leave one of them out.");
            }
            previous = plugin;
        }
        return List.copyOf(found);
    }

    BuiltinCodec builtin() {
        return builtin;
    }

    JavaCodec java() {
        return java;
    }

    @Nullable
    ValueCodec byId(int id) {
        return byId[id];
    }

    /** What encodes a class that the built-in codec does not cover. */
    ValueCodec forOpaque(Class<?> type) {
        for (ValueCodec plugin : plugins) {
            if (plugin.canEncode(type)) {
                return plugin;
            }
        }
        return fallback;
    }
}
