package dev.hypercache.examples.secured;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import javax.cache.Cache;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.spi.CachingProvider;
import javax.net.ssl.SSLException;

/**
 * This process and two others form a ring in which everybody shows a certificate. A client with a certificate reads over HTTPS
 * what this process has cached; a caller without one is turned away.
 */
public final class SecuredCluster {

    private static final int NODES = 3;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final String PATH = "/internal/get?cache=books&key=moby";

    private SecuredCluster() {}

    /**
     * Ends with status 1 if somebody is let in or turned away who should not be.
     *
     * @param args {@code serve} to keep the ring until Enter is pressed
     */
    public static void main(String[] args) throws IOException, GeneralSecurityException, InterruptedException {
        Certificates certificates = new Certificates(Path.of("target", "certs"));
        if (!certificates.exist()) {
            System.err.println(
                    "There are no certificates in target/certs. Issue them by the first command of the README.");
            System.exit(2);
        }
        if (!show(certificates, args.length == 1 && args[0].equals("serve"))) {
            System.exit(1);
        }
    }

    private static boolean show(Certificates certificates, boolean stays)
            throws IOException, GeneralSecurityException, InterruptedException {
        List<String> addresses = freeAddresses();
        List<Member> members = new ArrayList<>();
        try (CachingProvider provider = Caching.getCachingProvider()) {
            for (int node = 1; node < NODES; node++) {
                members.add(Member.start(settings(certificates, addresses, node)));
            }
            Cache<String, String> books = provider.getCacheManager(
                            provider.getDefaultURI(),
                            provider.getDefaultClassLoader(),
                            settings(certificates, addresses, 0))
                    .createCache("books", new MutableConfiguration<>());
            for (Member member : members) {
                member.awaitReady();
            }
            System.out.println("ring: this process and 2 others, each with a certificate, at " + addresses);
            books.put("moby", "Melville");
            boolean good = call(certificates, addresses.get(1));
            if (stays) {
                System.out.println("curl " + certificates.curlOptions() + " 'https://" + addresses.get(1) + PATH + "'");
                System.out.println("Press Enter to end the ring.");
                int unused = System.in.read();
            }
            return good;
        } finally {
            members.forEach(Member::close);
        }
    }

    private static Properties settings(Certificates certificates, List<String> addresses, int node) {
        Properties settings = certificates.settingsOf("n" + (node + 1));
        settings.setProperty("hypercache.bind", addresses.get(node));
        settings.setProperty("hypercache.seeds", String.join(",", addresses));
        settings.setProperty("hypercache.ring.slots", "64");
        return settings;
    }

    private static boolean call(Certificates certificates, String address)
            throws IOException, GeneralSecurityException, InterruptedException {
        HttpClient.Builder known = HttpClient.newBuilder().sslContext(certificates.client());
        HttpClient.Builder stranger = HttpClient.newBuilder().sslContext(certificates.stranger());
        boolean good = report("client with a certificate", read(known, "https://" + address), true);
        good &= report("caller without a certificate", read(stranger, "https://" + address), false);
        good &= report("caller over plain HTTP", read(HttpClient.newBuilder(), "http://" + address), false);
        return good & report("client with a certificate, again", read(known, "https://" + address), true);
    }

    /** What a caller reads, or why it reads nothing. */
    private static String read(HttpClient.Builder caller, String origin) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(origin + PATH))
                .timeout(TIMEOUT)
                .build();
        try {
            HttpResponse<String> answer = caller.version(HttpClient.Version.HTTP_1_1)
                    .build()
                    .send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() + " " + answer.body();
        } catch (SSLException e) {
            return "refused (" + e.getMessage() + ")";
        } catch (IOException e) {
            return "refused (no answer in HTTP)";
        }
    }

    private static boolean report(String caller, String what, boolean isWelcome) {
        boolean good = isWelcome ? what.startsWith("200 ") && what.contains("Melville") : what.startsWith("refused");
        System.out.println(caller + ": " + what + (good ? ": ok" : ": WRONG"));
        return good;
    }

    private static List<String> freeAddresses() throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        List<String> addresses = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            sockets.add(socket);
            addresses.add("127.0.0.1:" + socket.getLocalPort());
        }
        for (ServerSocket socket : sockets) {
            socket.close();
        }
        return addresses;
    }
}
