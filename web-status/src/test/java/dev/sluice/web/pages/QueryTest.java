// SPDX-License-Identifier: Apache-2.0
package dev.sluice.web.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class QueryTest {
    @Test
    void parametersAreEncodedAndEmptyOnesLeftOut() {
        Query query = Query.NONE.with("q", "a&b=c <d>").with("team", " ").with("health", "Healthy");

        assertEquals("/?health=Healthy&q=a%26b%3Dc+%3Cd%3E", query.at("/"));
        assertEquals("/", Query.NONE.at("/"));
    }

    @Test
    void anEmptyValueTakesAParameterAway() {
        assertEquals(Query.NONE, Query.NONE.with("refresh", "10").with("refresh", ""));
    }

    @Test
    void aValueThatIsTooLongIsCut() {
        assertEquals(200, Query.NONE.with("q", "x".repeat(5000)).value("q").length());
    }
}
