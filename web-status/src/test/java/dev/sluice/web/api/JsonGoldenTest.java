// SPDX-License-Identifier: Apache-2.0
package dev.sluice.web.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.web.view.FixedView;
import dev.sluice.web.view.SampleView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The documents of the interface, compared to files; {@code -Dgolden.update} rewrites them. */
class JsonGoldenTest {
    private static final Path FILES = Path.of("src/test/resources/documents");

    static Stream<Arguments> documents() {
        FixedView prod = SampleView.prod();
        return Stream.of(
                Arguments.of("jobs.json", JobJson.fleet(prod.fleet().subList(0, 1))),
                Arguments.of("newcomer.json", JobJson.fleet(prod.fleet().subList(7, 8))),
                Arguments.of("job.json", JobJson.job(prod.jobs().get(0))),
                Arguments.of("environment.json", EnvironmentJson.environment(prod.environment())),
                Arguments.of("version.json", EnvironmentJson.version(prod.build())),
                Arguments.of("error.json", EnvironmentJson.error(404, "nothing here")));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void theDocumentHasTheShapeThatClientsKnow(String file, String document) throws IOException {
        JsonMapper mapper =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        String actual = mapper.writeValueAsString(mapper.readTree(document)) + "\n";
        Path golden = FILES.resolve(file);
        if (System.getProperty("golden.update") != null) {
            Files.createDirectories(FILES);
            Files.writeString(golden, actual);
        }

        assertEquals(Files.readString(golden), actual);
    }
}
