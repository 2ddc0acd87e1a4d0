// SPDX-License-Identifier: Apache-2.0
package dev.sluice.web.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinkTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://grafana.example.com/d/flink?var-job=orders&from=now-1h",
                "http://10.0.0.1:3000/",
                "http://[::1]:3000/"
            })
    void aWebAddressCanBeClicked(String address) {
        assertEquals(Optional.of(address), new Link("grafana", address).href());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "JavaScript:alert(1)",
                " javascript:alert(1)",
                "java\tscript:alert(1)",
                "data:text/html,<script>alert(1)</script>",
                "vbscript:x",
                "file:///etc/passwd",
                "//evil.example/x",
                "/jobs",
                "orders",
                "",
                "https:",
                "https:///x",
                "https://user:password@grafana.example.com/",
                "https://x.example/\"onclick=\"alert(1)"
            })
    void anythingElseIsShownAndNotLinked(String address) {
        assertTrue(new Link("grafana", address).href().isEmpty());
    }
}
