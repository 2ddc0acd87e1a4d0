// SPDX-License-Identifier: Apache-2.0
package dev.sluice.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.web.api.Metrics;
import dev.sluice.web.view.SampleView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What {@code docs/status-page.md} promises to programs. */
class StatusPageDocumentTest {
    private static final Path DOCUMENT = Path.of("../docs/status-page.md");
    private static final Pattern METRIC = Pattern.compile("\\| `(sluice_[a-z_]+)` \\|([^|]*)\\|");
    private static final Pattern FAMILY = Pattern.compile("(?m)^# TYPE (sluice_[a-z_]+) ");
    private static final Pattern ADDRESS = Pattern.compile("(?m)^\\| `(/[^`]*)` \\|");

    @Test
    void itNamesExactlyTheMetricsThatThereAre() throws IOException {
        String document = Files.readString(DOCUMENT);

        Set<String> promised = all(METRIC, document);
        Set<String> scraped = all(FAMILY, Metrics.scrape(SampleView.prod()));

        assertEquals(scraped, promised);
    }

    @Test
    void everyAddressItNamesAnswers() throws IOException {
        Set<String> addresses = all(ADDRESS, Files.readString(DOCUMENT));

        try (StatusServer server = Visitor.serve(SampleView.prod())) {
            for (String address : addresses) {
                String path = address.replace("{team}", "payments").replace("{name}", "orders");
                assertEquals(200, new Visitor(server.port()).get(path).statusCode(), path);
            }
        }
        assertEquals(7, addresses.size());
    }

    private static Set<String> all(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(MatchResult::group)
                .map(found -> pattern.matcher(found).replaceFirst("$1"))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
