// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.read;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/** What becomes of {@code ingress: true}. */
class IngressTest {
    @Test
    void aJobKnowsItsAddressFromTheCommitAlone() {
        SortedMap<String, String> kubernetes = read("""
                ingress:
                      url: https://{job}.{team}.{environment}.{namespace}.example.com:8443/
                      template: {spec: {tls: [{hosts: ["{host}"], secretName: "{job}-{service}"}]}}
                """);

        assertEquals(
                "https://orders.payments.test.flink.example.com:8443/",
                kubernetes.get("ingress.url"));
        assertEquals(
                "{\"spec\":{\"tls\":[{\"hosts\":[\"orders.payments.test.flink.example.com\"],"
                        + "\"secretName\":\"orders-{service}\"}]}}",
                kubernetes.get("ingress.template"));
    }

    private static SortedMap<String, String> read(String ingress) {
        CommitReading reading = new SpecReader()
                .read(
                        BaseRepository.tree()
                                .with("environments/test/environment.yaml", """
                                        apiVersion: sluice/v1
                                        kind: Environment
                                        clusters:
                                          main:
                                            kind: kubernetes
                                            namespace: flink
                                            stateDir: /s
                                            images: {"1.20": "flink:1"}
                                            imageTags: allow
                                            %s""".formatted(ingress))
                                .with(
                                        BaseRepository.JOB_FILE,
                                        BaseRepository.JOB + "kubernetes: {ingress: true}\n"),
                        "test",
                        Optional.empty());
        return reading.jobs().values().iterator().next().spec().runtime().kubernetes();
    }
}
