// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.drive.contract.Requests;
import dev.sluice.drive.contract.SampleJob;
import dev.sluice.drive.isolation.NativeCluster;
import dev.sluice.drive.rest.FileStateStorage;
import dev.sluice.drive.rest.FolderFiles;
import dev.sluice.spec.FlinkTarget;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.RestoreFrom;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A start where an API server takes the deployment and answers otherwise to its service. */
class LaunchingTest {
    private static final JobKey KEY = new JobKey("repo", "test", "shop", "orders");
    private static final SampleJob JOB =
            new SampleJob(KEY, "1.20", "", 1, FlinkTarget.Mode.APPLICATION);
    private static final String ID = new Attempt(KEY, 1).clusterId();
    private static final String DELETED = "DELETE /apis/apps/v1/namespaces/flink/deployments/" + ID;

    private final List<String> changes = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private int look = 200;
    private String kind = "List";
    private int service = 201;
    private String left = "nothing";

    @TempDir
    Path folder;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void end() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String method = exchange.getRequestMethod();
        int status = 200;
        if (method.equals("GET")) {
            int found = path.contains(ID) && !path.endsWith("/" + left) ? 404 : 200;
            status = look == 200 ? found : look;
        } else {
            changes.add(method + " " + path);
            status = path.endsWith("/services") ? service : 201;
        }
        byte[] body = ("{\"kind\":\"" + kind + "\",\"metadata\":{\"name\":\"" + ID
                        + "\",\"uid\":\"u\"},\"items\":[],\"message\":\"exceeded quota\"}")
                .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Test
    void whatIsRefusedForGoodLeavesNoDeployment() {
        service = 403;

        Outcome outcome = look();

        assertTrue(assertInstanceOf(Outcome.Failed.class, outcome).retryable());
        assertEquals(DELETED, changes.get(changes.size() - 1));
    }

    @Test
    void whatMayBeTakenLaterIsAskedForAgain() {
        service = 503;

        Outcome outcome = look();

        assertInstanceOf(Outcome.Unknown.class, outcome);
        assertTrue(changes.stream().noneMatch(DELETED::equals), changes::toString);
    }

    @Test
    void whoMayNotLookAtTheMomentKnowsNothingAndMakesNothing() {
        look = 401;

        Outcome outcome = look();

        assertInstanceOf(Outcome.Unknown.class, outcome);
        assertEquals(List.of(), changes);
    }

    @Test
    void anAnswerThatIsNoListDoesNotSayThatNothingIsThere() {
        kind = "Status";

        Outcome outcome = look();

        assertInstanceOf(Outcome.Unknown.class, outcome);
        assertEquals(List.of(), changes);
    }

    @Test
    void nothingIsMadeBesideWhatAnEarlierDeploymentOfTheNameHasLeft() {
        left = "flink-config-" + ID;

        Outcome waiting = look();
        left = "nothing";
        Outcome made = look();

        assertTrue(waiting.toString().contains("being removed"), waiting::toString);
        assertInstanceOf(Outcome.Waiting.class, made);
        assertEquals("POST /apis/apps/v1/namespaces/flink/deployments", changes.get(0));
        assertEquals(2, changes.size(), changes::toString);
    }

    private Outcome look() {
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        KubeAccess access =
                new KubeAccess(address, Optional.empty(), Optional.empty(), Optional.empty());
        Clock clock = Clock.systemUTC();
        FolderFiles files = new FolderFiles(folder);
        FileStateStorage storage = new FileStateStorage(files);
        try (Namespace namespace = new Namespace(new KubeApi(access, clock), "flink", clock)) {
            Applications applications = new Applications(
                    namespace, storage, new JobResults(files), new PodLogs(folder), clock);
            Sessions sessions = new Sessions(namespace, storage, clock);
            return new Launching(applications, sessions, storage, clock)
                    .look(
                            Requests.start(JOB, 1, new RestoreFrom.Empty("first start")),
                            () -> new NativeCluster(
                                    "{}", List.of("{\"kind\":\"Service\",\"metadata\":{}}")));
        }
    }
}
