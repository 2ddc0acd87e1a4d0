// SPDX-License-Identifier: Apache-2.0
package dev.sluice.web.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SizesTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "1023, 1023 B",
        "1024, 1.0 KiB",
        "1503238553, 1.4 GiB",
        "9223372036854775807, 8192.0 PiB"
    })
    void aSizeHasOneDigitInTheLargestUnit(long bytes, String text) {
        assertEquals(text, Sizes.brief(bytes));
    }
}
