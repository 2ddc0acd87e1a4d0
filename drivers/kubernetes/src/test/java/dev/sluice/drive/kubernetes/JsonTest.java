// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Pod templates laid over one another; quotes are single here. */
class JsonTest {
    @Test
    void theUpperValueWinsAndTheLowerOneStaysWhereItIsAlone() {
        assertMerged(
                "{'a': 2, 'b': {'c': 3, 'd': 4}}",
                "{'a': 1, 'b': {'c': 3}}",
                "{'a': 2, 'b': {'d': 4}}");
    }

    @Test
    void containersAreMergedByTheirNames() {
        assertMerged(
                "{'c': [{'name': 'main', 'image': 'x', 'tty': true}, {'name': 'side'}]}",
                "{'c': [{'name': 'main', 'tty': true}, {'name': 'side'}]}",
                "{'c': [{'name': 'main', 'image': 'x'}]}");
    }

    @Test
    void oneVolumeMayBeMountedAtTwoPaths() {
        assertMerged(
                "{'m': [{'name': 'v', 'mountPath': '/a'}, {'name': 'v', 'mountPath': '/b'}]}",
                "{'m': [{'name': 'v', 'mountPath': '/a'}]}",
                "{'m': [{'name': 'v', 'mountPath': '/b'}]}");
    }

    private static void assertMerged(String expected, String lower, String upper) {
        assertEquals(
                Json.read(expected.replace('\'', '"')),
                Json.merge(
                        Json.read(lower.replace('\'', '"')), Json.read(upper.replace('\'', '"'))));
    }

    @Test
    void flatNamesAreListsAndObjectsAgain() {
        TreeMap<String, String> flat = new TreeMap<>();
        flat.put("dns.nameservers.0", "10.0.0.2");
        flat.put("dns.nameservers.1", "10.0.0.3");
        flat.put("dns.options.0.name", "ndots");
        flat.put("dns.options.0.value", "2");
        flat.put("dnsElse", "no");

        JsonNode nested = Json.nested(flat, "dns");

        assertEquals(
                Json.read("{\"nameservers\":[\"10.0.0.2\",\"10.0.0.3\"],"
                        + "\"options\":[{\"name\":\"ndots\",\"value\":\"2\"}]}"),
                nested);
    }
}
