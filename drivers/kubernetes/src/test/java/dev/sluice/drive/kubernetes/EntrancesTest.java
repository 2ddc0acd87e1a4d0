// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.drive.contract.SampleJob;
import dev.sluice.drive.contract.SampleJob.Placement;
import dev.sluice.spec.FlinkTarget;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.JobSpec;
import dev.sluice.spec.Resources.Process;
import dev.sluice.spec.RuntimeOptions;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the Ingress of a job is like. */
class EntrancesTest {
    private static final JobKey KEY = new JobKey("repo", "test", "shop", "orders");
    private static final Attempt SECOND = new Attempt(KEY, 2);

    @Test
    void theAddressBecomesARuleThatLeadsToTheAttempt() {
        JsonNode ingress =
                Entrances.ingress(job("https://flink.example.com:8443/shop/orders", "{}"), SECOND);

        assertEquals(SECOND.jobName(), Json.name(ingress));
        assertEquals(
                Json.read("{\"rules\":[{\"host\":\"flink.example.com\",\"http\":{\"paths\":[{"
                        + "\"path\":\"/shop/orders\",\"pathType\":\"Prefix\",\"backend\":{\"service\":"
                        + "{\"name\":\"" + SECOND.clusterId()
                        + "-rest\",\"port\":{\"name\":\"rest\"}}}}]}}]}"),
                ingress.path("spec"));
    }

    @Test
    void theTemplateKeepsWhatItSaysButNotItsName() {
        String template = "{\"metadata\":{\"name\":\"mine\",\"annotations\":{\"a\":\"b\"}},"
                + "\"spec\":{\"ingressClassName\":\"nginx\"}}";

        JsonNode ingress = Entrances.ingress(job("http://orders.example.com", template), SECOND);

        assertEquals(SECOND.jobName(), Json.name(ingress));
        assertEquals("b", ingress.at("/metadata/annotations/a").asString(""));
        assertEquals("nginx", ingress.at("/spec/ingressClassName").asString(""));
        assertEquals("/", ingress.at("/spec/rules/0/http/paths/0/path").asString(""));
    }

    @Test
    void rulesOfTheTemplateStandAloneAndNameTheService() {
        String template = "{\"spec\":{\"rules\":[{\"host\":\"{service}.example.com\"}]}}";

        JsonNode ingress = Entrances.ingress(job("http://orders.example.com/", template), SECOND);

        assertEquals(
                Json.read(
                        "{\"rules\":[{\"host\":\"" + SECOND.clusterId() + "-rest.example.com\"}]}"),
                ingress.path("spec"));
    }

    @Test
    void aJobThatWantsNoneHasNoAddress() {
        assertEquals(Optional.empty(), Entrances.address(job(Map.of("ingress", "false"))));
    }

    private static JobSpec job(String url, String template) {
        return job(Map.of("ingress.url", url, "ingress.template", template));
    }

    private static JobSpec job(Map<String, String> kubernetes) {
        Placement placement = new Placement(
                FlinkTarget.Mode.APPLICATION,
                Process.UNSET,
                Process.UNSET,
                new TreeMap<>(),
                new RuntimeOptions(new TreeMap<>(kubernetes), new TreeMap<>()));
        return new SampleJob(KEY, "1.20", "", 1, placement).effective().spec();
    }
}
