package dev.hypercache.security;

import dev.hypercache.spi.security.Credentials;
import dev.hypercache.spi.security.Identity;
import dev.hypercache.spi.security.Role;
import dev.hypercache.spi.security.SecretUnavailableException;
import dev.hypercache.spi.security.TlsFiles;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Issues the certificates of a ring with a {@link DevelopmentCa}, in one command. Takes up the authority that lies in the
 * directory, so that certificates can be renewed and added; its files are never replaced.
 */
final class DevelopmentRing {

    static final String USAGE = String.join(
            System.lineSeparator(),
            "Usage: DevelopmentCa --out <directory> --trust-domain <name> --cluster <name>",
            "           [--member <name>]... [--client <name>]... [--admin <name>]... [--metrics <name>]...",
            "           [--host <name or IP address>]... [--days <1 to 3650, default 30>] [--pkcs12] [--force]",
            "Certificates are for localhost, 127.0.0.1 and ::1, and for the hosts that are named.",
            "--force replaces certificates that exist; the authority in ca.pem and ca.key is kept.");

    static final int EXIT_DONE = 0;
    static final int EXIT_FAILED = 1;
    static final int EXIT_USAGE = 2;

    /** Clocks differ: what is issued here is valid at once elsewhere. */
    private static final long EARLIER_MINUTES = 5;

    /** How much longer a new authority lives than what it issues first. */
    private static final long AUTHORITY_DAYS = 365;

    private final RingOrder order;
    private final PrintStream out;
    private final Instant now;

    private DevelopmentRing(RingOrder order, PrintStream out, Instant now) {
        this.order = order;
        this.out = out;
        this.now = now;
    }

    /**
     * Runs the command.
     *
     * @param args see {@link #USAGE}
     * @param out where it says what it wrote
     * @param err where errors go
     * @return the status to exit with
     */
    static int run(String[] args, PrintStream out, PrintStream err) {
        RingOrder order;
        try {
            order = RingOrder.of(args);
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
            err.println(USAGE);
            return EXIT_USAGE;
        }
        try {
            new DevelopmentRing(order, out, Instant.now().truncatedTo(ChronoUnit.SECONDS)).issue();
            return EXIT_DONE;
        } catch (SecretUnavailableException | UncheckedIOException | IllegalStateException e) {
            err.println(e.getMessage());
            return EXIT_FAILED;
        }
    }

    private void issue() {
        requireNoneExists();
        DevelopmentCa ca = authority();
        Instant notAfter = now.plus(order.days(), ChronoUnit.DAYS);
        Instant end = ca.certificate().getNotAfter().toInstant();
        if (notAfter.isAfter(end)) {
            throw new IllegalStateException("The authority in " + order.out() + " ends at " + end
                    + ", before certificates of " + order.days()
                    + " days would. Give fewer --days, or another directory for a new authority.");
        }
        for (Identity identity : order.identities()) {
            write(ca, identity, notAfter);
        }
        printSettings();
        out.println(
                "For development and tests only: whoever reads " + order.out().resolve(DevelopmentCa.NAME + ".key")
                        + " can issue certificates of any member. Take a real authority for production.");
    }

    private DevelopmentCa authority() {
        Path key = order.out().resolve(DevelopmentCa.NAME + ".key");
        Path certificate = order.out().resolve(DevelopmentCa.NAME + ".pem");
        if (Files.exists(key) || Files.exists(certificate)) {
            DevelopmentCa ca = DevelopmentCa.read(order.out());
            out.println("Uses the authority in " + certificate + " and " + key);
            return ca;
        }
        DevelopmentCa ca = DevelopmentCa.create(
                "HyperCache development authority",
                now.minus(EARLIER_MINUTES, ChronoUnit.MINUTES),
                now.plus(order.days() + AUTHORITY_DAYS, ChronoUnit.DAYS));
        ca.writeAuthority(order.out());
        out.println("Wrote a new authority to " + certificate + " and " + key);
        return ca;
    }

    private void write(DevelopmentCa ca, Identity identity, Instant notAfter) {
        Credentials credentials =
                ca.issue(identity, order.hosts(), now.minus(EARLIER_MINUTES, ChronoUnit.MINUTES), notAfter);
        TlsFiles pem = ca.writePem(order.out(), identity.node(), credentials);
        out.println("Wrote " + pem.certificate() + " and " + pem.key() + " for " + identity + " until " + notAfter);
        if (order.pkcs12()) {
            TlsFiles store = ca.writePkcs12(order.out(), identity.node(), credentials);
            out.println("Wrote " + store.keyStore() + " and " + store.password() + " for the same");
        }
    }

    private void printSettings() {
        Identity shown = order.identities().get(0);
        for (Identity identity : order.identities()) {
            shown = shown.role() != Role.MEMBER && identity.role() == Role.MEMBER ? identity : shown;
        }
        out.println("Settings that use the files of " + shown.node() + "; those of the others are alike:");
        out.println("hypercache.security.tls.cert=" + fileOf(shown, ".pem"));
        out.println("hypercache.security.tls.key=" + fileOf(shown, ".key"));
        out.println("hypercache.security.tls.trust=" + order.out().resolve(DevelopmentCa.NAME + ".pem"));
        if (order.pkcs12()) {
            out.println("Or, in place of these three, with its key store:");
            out.println("hypercache.security.tls.keystore=" + fileOf(shown, ".p12"));
            out.println("hypercache.security.tls.key-password.file=" + fileOf(shown, ".password"));
        }
    }

    private Path fileOf(Identity identity, String ending) {
        return order.out().resolve(identity.node() + ending);
    }

    /** Before anything is written, so that nothing is left half done. */
    private void requireNoneExists() {
        if (order.force()) {
            return;
        }
        for (Identity identity : order.identities()) {
            for (String ending :
                    order.pkcs12() ? List.of(".pem", ".key", ".p12", ".password") : List.of(".pem", ".key")) {
                requireAbsent(fileOf(identity, ending));
            }
        }
    }

    private static void requireAbsent(Path file) {
        if (Files.exists(file)) {
            throw new IllegalStateException(
                    "File " + file + " exists and would be replaced. Give --force to renew it, or leave its name out.");
        }
    }
}
