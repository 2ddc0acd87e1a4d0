// SPDX-License-Identifier: Apache-2.0
package dev.sluice.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.web.view.Payloads;
import dev.sluice.web.view.SampleView;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EscapingTest {
    private static final List<String> PAGES =
            List.of("/", "/jobs/payments/orders", "/environment", "/nowhere");
    private static final Pattern TAG = Pattern.compile("<[a-zA-Z!](?:[^>\"]|\"[^\"]*\")*>");
    private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"");
    private static final Pattern HANDLER = Pattern.compile("\\son[a-z]+\\s*=");
    private static final Pattern HREF = Pattern.compile("\\shref=\"([^\"]*)\"");

    static Stream<String> payloads() {
        return Payloads.CORPUS.stream();
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void noTextOfTheViewBecomesMarkup(String payload) {
        try (StatusServer plain = Visitor.serve(Payloads.everywhere("harmless"));
                StatusServer hostile = Visitor.serve(Payloads.everywhere(payload))) {
            for (String path : PAGES) {
                String expected = new Visitor(plain.port()).get(path).body();
                String page = new Visitor(hostile.port()).get(path).body();

                assertEquals(names(expected), names(page), path);
                assertHarmless(page);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void noTextOfTheAddressBecomesMarkup(String payload) {
        String text = URLEncoder.encode(payload, StandardCharsets.UTF_8);
        try (StatusServer server = Visitor.serve(SampleView.prod())) {
            Visitor visitor = new Visitor(server.port());
            Stream.of("q", "team", "health", "sync", "version", "cluster", "page", "refresh", "x")
                    .map(name -> visitor.get("/?" + name + "=" + text).body())
                    .forEach(EscapingTest::assertHarmless);
        }
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void jsonCarriesTheTextAsAStringOnly(String payload) {
        try (StatusServer server = Visitor.serve(Payloads.everywhere(payload))) {
            Visitor visitor = new Visitor(server.port());
            for (String path : List.of("/api/v1/jobs", "/api/v1/jobs/payments/orders")) {
                String body = visitor.get(path).body();

                assertTrue(body.startsWith("{\"formatVersion\":1,"), body);
                assertFalse(body.contains("\"href\":\"javascript"), body);
            }
        }
    }

    /** Every kind of tag in the page. */
    private static Set<String> names(String page) {
        Set<String> names = new TreeSet<>();
        tags(page).forEach(tag -> names.add(tag.split("[ />]", 2)[0]));
        return names;
    }

    /** Every tag of the page as a browser would cut it: quotes may hide a bracket. */
    private static List<String> tags(String page) {
        return TAG.matcher(page).results().map(MatchResult::group).toList();
    }

    private static void assertHarmless(String page) {
        assertFalse(page.contains("<script"), page);
        for (String tag : tags(page)) {
            assertFalse(tag.matches("<(iframe|base|style|object|embed)\\b.*"), tag);
            assertFalse(HANDLER.matcher(QUOTED.matcher(tag).replaceAll("")).find(), tag);
            HREF.matcher(tag)
                    .results()
                    .map(link -> link.group(1))
                    .forEach(link -> assertTrue(link.matches("(/|#|https://).*"), tag));
        }
    }
}
