package dev.hypercache.security;

import dev.hypercache.spi.security.Identity;
import dev.hypercache.spi.security.Role;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the command line of {@link DevelopmentRing} orders.
 *
 * @param out the directory to write to
 * @param identities whom to issue for, 1 to {@value #NAMES_MAX}; node names are unique in any case
 * @param hosts the host names and IP addresses of all of them, at most {@value #HOSTS_MAX} beside the local ones
 * @param days how long certificates are valid, 1 to {@value #DAYS_MAX}
 * @param pkcs12 whether key stores are written, too
 * @param force whether existing files are replaced
 */
record RingOrder(Path out, List<Identity> identities, List<String> hosts, int days, boolean pkcs12, boolean force) {

    static final int NAMES_MAX = 1_000;
    static final int HOSTS_MAX = 100;
    static final int DAYS_MAX = 3_650;
    static final int DAYS_DEFAULT = 30;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]{0,252}");
    private static final Pattern IPV6_CHARACTERS = Pattern.compile("(?=.*:)[0-9A-Fa-f:.]{2,45}");
    private static final Set<String> SWITCHES = Set.of("--pkcs12", "--force");
    private static final Set<String> ONCE = Set.of("--out", "--trust-domain", "--cluster", "--days");
    private static final String HOST_OPTION = "--host";

    /**
     * Reads a command line.
     *
     * @param args the arguments
     * @return the order
     * @throws IllegalArgumentException if an argument is unknown, missing, repeated or out of its range
     */
    static RingOrder of(String[] args) {
        Map<String, String> values = new HashMap<>();
        Set<String> switches = new HashSet<>();
        List<String[]> names = new ArrayList<>();
        List<String> hosts = new ArrayList<>(DevelopmentCa.LOCAL_HOSTS);
        for (int i = 0; i < args.length; i++) {
            String option = args[i];
            if (SWITCHES.contains(option)) {
                switches.add(option);
                continue;
            }
            boolean name = isRole(option);
            if (!name && !ONCE.contains(option) && !HOST_OPTION.equals(option)) {
                throw new IllegalArgumentException("Argument \"" + printable(option) + "\" is unknown.");
            }
            i++;
            if (i == args.length || args[i].startsWith("--")) {
                throw new IllegalArgumentException(option + " needs a value behind it.");
            }
            if (name) {
                names.add(new String[] {option.substring(2), args[i]});
            } else if (HOST_OPTION.equals(option)) {
                hosts.add(requireHost(args[i]));
            } else if (values.putIfAbsent(option, args[i]) != null) {
                throw new IllegalArgumentException(option + " is given twice. Give it once.");
            }
        }
        return new RingOrder(
                pathOf(required(values, "--out")),
                identitiesOf(required(values, "--trust-domain"), required(values, "--cluster"), names),
                requireFew(hosts),
                daysOf(values.getOrDefault("--days", Integer.toString(DAYS_DEFAULT))),
                switches.contains("--pkcs12"),
                switches.contains("--force"));
    }

    private static boolean isRole(String option) {
        for (Role role : Role.values()) {
            if (option.equals("--" + role.label())) {
                return true;
            }
        }
        return false;
    }

    private static List<Identity> identitiesOf(String trustDomain, String cluster, List<String[]> names) {
        if (names.isEmpty() || names.size() > NAMES_MAX) {
            throw new IllegalArgumentException("There are " + names.size() + " names; give 1 to " + NAMES_MAX
                    + " with --member, --client, --admin and --metrics.");
        }
        List<Identity> identities = new ArrayList<>();
        Set<String> taken = new HashSet<>(Set.of(DevelopmentCa.NAME));
        for (String[] name : names) {
            if (!taken.add(name[1].toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException(
                        "Name \"" + printable(name[1])
                                + "\" is taken: files are called by it, and ca is the authority. Give each party a name of its own.");
            }
            identities.add(new Identity(trustDomain, cluster, Role.ofLabel(name[0]), name[1]));
        }
        return List.copyOf(identities);
    }

    private static String required(Map<String, String> values, String option) {
        String value = values.get(option);
        if (value == null) {
            throw new IllegalArgumentException(option + " is missing.");
        }
        return value;
    }

    private static Path pathOf(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("--out \"" + printable(text) + "\" is not a path. Name a directory.", e);
        }
    }

    private static int daysOf(String text) {
        int days;
        try {
            days = Integer.parseInt(text);
        } catch (NumberFormatException e) {
            days = 0;
        }
        if (days < 1 || days > DAYS_MAX) {
            throw new IllegalArgumentException("--days is \"" + printable(text) + "\"; give 1 to " + DAYS_MAX + ".");
        }
        return days;
    }

    private static String requireHost(String host) {
        if (!NAME.matcher(host).matches() && !isIpv6(host)) {
            throw new IllegalArgumentException("--host \"" + printable(host)
                    + "\" is neither a host name nor an IP address. Leave out port, brackets and scheme.");
        }
        return host;
    }

    /** With a colon in it, a text is never looked up as a name. */
    private static boolean isIpv6(String host) {
        if (!IPV6_CHARACTERS.matcher(host).matches()) {
            return false;
        }
        try {
            return InetAddress.getByName(host) instanceof Inet6Address;
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static List<String> requireFew(List<String> hosts) {
        List<String> distinct = hosts.stream().distinct().toList();
        if (distinct.size() > HOSTS_MAX + DevelopmentCa.LOCAL_HOSTS.size()) {
            throw new IllegalArgumentException(
                    "--host is given more than " + HOSTS_MAX + " times. Issue for fewer hosts at a time.");
        }
        return distinct;
    }

    private static String printable(String text) {
        return Objects.requireNonNull(text, "text").replaceAll("\\p{Cntrl}", "?");
    }
}
