// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.contract.SampleJob;
import dev.sluice.drive.contract.SampleJob.Placement;
import dev.sluice.spec.FlinkTarget;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.Resources.Process;
import dev.sluice.spec.RuntimeOptions;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a job adds to its own pods. */
class ApplicationObjectsTest {
    @Test
    void theDnsBlockJoinsWhatTheTemplateSays() {
        TreeMap<String, String> options = new TreeMap<>();
        options.put(
                "podTemplate",
                "{\"spec\":{\"dnsPolicy\":\"Default\",\"priorityClassName\":\"p\"}}");
        options.put("dns.policy", "None");
        options.put("dns.nameservers.0", "10.0.0.2");

        String expected = "{\"spec\":{\"dnsPolicy\":\"None\",\"priorityClassName\":\"p\","
                + "\"dnsConfig\":{\"nameservers\":[\"10.0.0.2\"]}}}";
        assertEquals(Json.read(expected), template(options));
    }

    @Test
    void aJobWithoutDnsBlockLeavesItsTemplateAsItIs() {
        TreeMap<String, String> options = new TreeMap<>();
        options.put("podTemplate", "{\"spec\":{\"dnsPolicy\":\"Default\"}}");

        assertEquals(Json.read("{\"spec\":{\"dnsPolicy\":\"Default\"}}"), template(options));
    }

    @Test
    void aWholeResolvConfIsMountedFromAConfigMapOfTheAttempt() {
        TreeMap<String, String> options = new TreeMap<>();
        options.put("dns.resolvConf", "nameserver 10.0.0.2");

        JsonNode pod = ResolvConf.into(ApplicationObjects.template(options), options, "orders-1");

        assertTrue(pod.at("/spec/dnsConfig").isMissingNode(), pod::toString);
        assertEquals(
                Json.read("{\"name\":\"sluice-dns\",\"mountPath\":\"/etc/resolv.conf\","
                        + "\"subPath\":\"resolv.conf\",\"readOnly\":true}"),
                pod.at("/spec/containers/0/volumeMounts/0"));
        JsonNode map = ResolvConf.objects(options, "orders-1").get(0);
        assertEquals(pod.at("/spec/volumes/0/configMap/name").asString(""), Json.name(map));
        assertEquals(
                "nameserver 10.0.0.2\n", map.path("data").path("resolv.conf").asString(""));
    }

    private static Object template(TreeMap<String, String> options) {
        Placement placement = new Placement(
                FlinkTarget.Mode.APPLICATION,
                Process.UNSET,
                Process.UNSET,
                new TreeMap<>(),
                new RuntimeOptions(options, new TreeMap<>()));
        JobKey key = new JobKey("repo", "test", "shop", "orders");
        SampleJob job = new SampleJob(key, "1.20", "", 1, placement);
        return ApplicationObjects.template(job.effective().spec());
    }
}
