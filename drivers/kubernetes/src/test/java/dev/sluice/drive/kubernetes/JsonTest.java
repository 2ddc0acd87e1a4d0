// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

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
}
