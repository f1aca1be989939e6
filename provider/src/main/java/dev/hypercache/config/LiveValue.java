package dev.hypercache.config;

import java.io.File;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns an object that an application put into its {@code Properties} into the value of a setting.
 *
 * <p>Each form takes the class of the JDK that means the same: {@code Boolean}, whole numbers, {@code Duration},
 * {@code InetSocketAddress}, an enum constant, a collection or array of strings, a {@code URI}, {@code URL},
 * {@code Path} or {@code File}.
 */
final class LiveValue {
    private LiveValue() {}

    /** The value, or null when a setting of this type does not take such an object. */
    static @Nullable Object convert(ValueType type, Object object) {
        return switch (type.form()) {
            case ON_OFF -> object instanceof Boolean ? object : null;
            case NUMBER, POWER_OF_TWO, BYTES, RATE ->
                isWhole(object) ? ValueParser.number(type, ((Number) object).longValue()) : null;
            case DURATION -> object instanceof Duration duration ? ValueParser.duration(type, duration) : null;
            case ADDRESS -> object instanceof InetSocketAddress address ? address(type, address) : null;
            case CHOICE -> object instanceof Enum<?> constant ? ValueParser.parse(type, constant.name()) : null;
            case LIST, SEEDS -> list(type, object);
            case LOCATION, SECRET -> location(object);
            case NAME, EXPIRY -> null;
        };
    }

    private static boolean isWhole(Object object) {
        return object instanceof Integer || object instanceof Long || object instanceof Short || object instanceof Byte;
    }

    private static @Nullable HostPort address(ValueType type, InetSocketAddress address) {
        return type.admits(address.getPort()) ? new HostPort(address.getHostString(), address.getPort()) : null;
    }

    private static @Nullable List<String> list(ValueType type, Object object) {
        if (object instanceof Object[] array) {
            return ValueParser.list(type, Arrays.asList(array));
        }
        return object instanceof Collection<?> collection ? ValueParser.list(type, new ArrayList<>(collection)) : null;
    }

    private static @Nullable String location(Object object) {
        if (object instanceof URI || object instanceof URL) {
            return object.toString();
        }
        if (object instanceof File file) {
            return file.toURI().toString();
        }
        return object instanceof Path path ? path.toUri().toString() : null;
    }
}
