package dev.hypercache.transport.http;

import dev.hypercache.spi.security.Role;
import io.undertow.server.HttpHandler;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Every path that is served, each with its methods: what is not in it does not exist. Immutable. */
public final class RouteTable {

    private final Map<String, Route> routes;

    private RouteTable(Map<String, Route> routes) {
        this.routes = Map.copyOf(routes);
    }

    /** What one method of a path does. */
    record Endpoint(HttpHandler handler, long bodyBytesMax, Set<Role> roles) {}

    /** One path. */
    record Route(Map<String, Endpoint> methods, Explanation.@Nullable Source explanations) {

        /** The methods for the header {@code Allow}. */
        String allowed() {
            return String.join(", ", new TreeSet<>(methods.keySet()));
        }
    }

    /** Finds a path, byte for byte; null if it is not served. */
    @Nullable
    Route find(String path) {
        return routes.get(path);
    }

    /** The largest body that any route takes. */
    long bodyBytesMax() {
        long most = 0;
        for (Route route : routes.values()) {
            for (Endpoint endpoint : route.methods().values()) {
                most = Math.max(most, endpoint.bodyBytesMax());
            }
        }
        return most;
    }

    /**
     * Lists who may ask for what.
     *
     * @return for each path its methods, and for each method the roles; in the order of their names
     */
    public Map<String, Map<String, Set<Role>>> roles() {
        Map<String, Map<String, Set<Role>>> all = new TreeMap<>();
        routes.forEach((path, route) -> {
            Map<String, Set<Role>> ofPath = new TreeMap<>();
            route.methods().forEach((method, endpoint) -> ofPath.put(method, endpoint.roles()));
            all.put(path, ofPath);
        });
        return all;
    }

    /**
     * Lists the paths.
     *
     * @return all of them, in their order
     */
    public Set<String> paths() {
        return new TreeSet<>(routes.keySet());
    }

    /**
     * Begins a table.
     *
     * @return an empty one
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects routes. For one thread. */
    public static final class Builder {

        private final Map<String, Map<String, Endpoint>> collected = new HashMap<>();
        private final Map<String, Explanation.Source> explanations = new HashMap<>();

        private Builder() {}

        /**
         * Adds a GET, which takes no body.
         *
         * @param path the exact path
         * @param roles who may ask; everybody else is turned away
         * @param handler what to do; runs on a thread that serves connections
         * @return this
         */
        public Builder get(String path, Set<Role> roles, HttpHandler handler) {
            return add("GET", path, roles, 0, handler);
        }

        /**
         * Adds an endpoint.
         *
         * @param method the method, upper case
         * @param path the exact path, as the gate lets it through
         * @param roles who may ask; everybody else is turned away
         * @param bodyBytesMax the largest body, 0 for none
         * @param handler what to do; runs on a thread that serves connections
         * @return this
         * @throws IllegalArgumentException if no request for the path passes the gate, or it is there already
         */
        public Builder add(String method, String path, Set<Role> roles, long bodyBytesMax, HttpHandler handler) {
            if (!RequestTarget.isPath(path)) {
                throw new IllegalArgumentException("No request for the path \"" + path + "\" passes the gate.");
            }
            Map<String, Endpoint> methods = collected.computeIfAbsent(path, unused -> new HashMap<>());
            if (methods.putIfAbsent(method, new Endpoint(handler, bodyBytesMax, Set.copyOf(roles))) != null) {
                throw new IllegalArgumentException(method + " " + path + " has a handler already.");
            }
            return this;
        }

        /**
         * Lets the gate explain why it turns requests for a path away; without this it only tells the status.
         *
         * @param path the exact path
         * @param source explains
         * @return this
         */
        public Builder explain(String path, Explanation.Source source) {
            explanations.put(path, source);
            return this;
        }

        /**
         * Ends the collection.
         *
         * @return the table
         */
        public RouteTable build() {
            Map<String, Route> routes = new HashMap<>();
            collected.forEach(
                    (path, methods) -> routes.put(path, new Route(Map.copyOf(methods), explanations.get(path))));
            return new RouteTable(routes);
        }
    }
}
