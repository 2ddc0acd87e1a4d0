// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.yaml;

import dev.sluice.spec.SourceLocation;
import dev.sluice.spec.finding.Findings;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Bytes of a file as text: strict UTF-8, no control characters, byte order mark and CRLF removed. */
public final class SourceText {
    private SourceText() {}

    /** The text, or a finding that says where the first bad byte or character stands. */
    public static Optional<String> decode(String file, byte[] bytes, Findings findings) {
        CharBuffer characters = CharBuffer.allocate(bytes.length);
        CoderResult result = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(bytes), characters, true);
        String text = characters.flip().toString();
        if (result.isError()) {
            findings.error(
                    "not-utf8",
                    location(file, text, text.length()),
                    "",
                    "expected UTF-8 text, found bytes that are not",
                    "save the file as UTF-8");
            return Optional.empty();
        }
        return withoutControls(file, withoutMark(text), findings);
    }

    /** Line and column of an offset, both from 1, in code points. */
    public static SourceLocation location(String file, String text, int offset) {
        int line = 1;
        int start = 0;
        for (int i = 0; i < offset; i++) {
            if (text.charAt(i) == '\n') {
                line++;
                start = i + 1;
            }
        }
        return new SourceLocation(file, line, text.codePointCount(start, offset) + 1);
    }

    private static String withoutMark(String text) {
        String unmarked = text.startsWith("\uFEFF") ? text.substring(1) : text;
        return unmarked.replace("\r\n", "\n");
    }

    private static Optional<String> withoutControls(String file, String text, Findings findings) {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (isRefused(character)) {
                findings.error(
                        "control-character",
                        location(file, text, i),
                        "",
                        String.format(
                                "expected printable text, found character U+%04X", (int) character),
                        "remove the character; is this a text file?");
                return Optional.empty();
            }
        }
        return Optional.of(text);
    }

    private static boolean isRefused(char character) {
        boolean layout = character == '\n' || character == '\t';
        boolean noncharacter = character == '\uFFFE' || character == '\uFFFF';
        return noncharacter || Character.isISOControl(character) && !layout;
    }
}
