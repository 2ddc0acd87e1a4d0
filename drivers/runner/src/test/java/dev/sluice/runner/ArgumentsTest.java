// SPDX-License-Identifier: Apache-2.0
package dev.sluice.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
    @Test
    void scriptModeAndConfigurationAreRead() throws IOException {
        String configuration = "pipeline.name=a%26b%3D+%C3%A4&table.local-time-zone=UTC&empty=";

        Arguments arguments = parse(
                "--script",
                encode("SELECT 'ä';"),
                "--batch",
                "--configuration",
                encode(configuration));

        assertEquals("SELECT 'ä';", arguments.script());
        assertTrue(arguments.isBatch());
        assertEquals(
                new TreeMap<>(Map.of(
                        "pipeline.name", "a&b= ä", "table.local-time-zone", "UTC", "empty", "")),
                arguments.configuration());
    }

    @Test
    void withoutConfigurationThereIsNone() throws IOException {
        assertEquals(Map.of(), parse("--script", encode("x")).configuration());
    }

    @Test
    void anUnknownOrIncompleteArgumentIsNamed() {
        for (String wrong : new String[] {"--scrpt", "--script", "--configuration"}) {
            IllegalArgumentException refused =
                    assertThrows(IllegalArgumentException.class, () -> parse(wrong));

            assertTrue(refused.getMessage().contains(wrong), refused::getMessage);
        }
        assertThrows(IllegalArgumentException.class, ArgumentsTest::parse);
    }

    private static Arguments parse(String... arguments) throws IOException {
        return Arguments.parse(arguments);
    }

    private static String encode(String text) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(zipped.toByteArray());
    }
}
