// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.variables;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;

/** Finds references in a text. {@code $${} is a literal {@code ${}. */
public final class Template {
    public static final String OPEN = "${";
    static final String SECRET_OPEN = "${secret:";

    private static final Pattern REFERENCE =
            Pattern.compile("\\$\\{(?:(secret:([A-Za-z0-9][A-Za-z0-9_./-]*))"
                    + "|([A-Za-z][A-Za-z0-9_-]*(?:\\.[A-Za-z][A-Za-z0-9_-]*)*))\\}");

    private static final int LONGEST = 200;

    private Template() {}

    public static boolean hasReferences(String text) {
        return text.contains(OPEN);
    }

    /** The text in pieces, in order. */
    static List<Part> parse(String text) {
        List<Part> parts = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        int start = 0;
        int at = 0;
        while (at < text.length()) {
            if (text.startsWith("$${", at)) {
                literal.append(OPEN);
                at += 3;
                continue;
            }
            if (!text.startsWith(OPEN, at)) {
                literal.append(text.charAt(at));
                at++;
                continue;
            }
            flush(parts, literal, start);
            Reference reference = reference(text, at);
            parts.add(reference.part());
            at = reference.end();
            start = at;
        }
        flush(parts, literal, start);
        return parts;
    }

    /** The reference that begins at an offset; looks no farther than the longest name. */
    public static Reference reference(String text, int at) {
        String ahead = text.substring(at, Math.min(text.length(), at + LONGEST));
        Matcher matcher = REFERENCE.matcher(ahead);
        if (matcher.lookingAt()) {
            Part part = matcher.group(2) != null
                    ? new Part.Secret(matcher.group(2), at)
                    : new Part.Variable(matcher.group(3), at);
            return new Reference(part, at + matcher.end());
        }
        String line = ahead.lines().findFirst().orElse(OPEN);
        int close = line.indexOf('}');
        String bad = close < 0
                ? line.substring(0, Math.min(line.length(), 40))
                : line.substring(0, close + 1);
        return new Reference(new Part.Malformed(bad, at), at + bad.length());
    }

    /** A reference and the offset behind it. */
    public record Reference(Part part, int end) {}

    private static void flush(List<Part> parts, StringBuilder literal, int start) {
        if (literal.length() > 0) {
            parts.add(new Part.Literal(literal.toString(), start));
            literal.setLength(0);
        }
    }

    /** How often the text would be taken for a secret by whoever resolves it. */
    /** Whether a text refers to a secret. */
    public static boolean hasSecret(String text) {
        return text.contains(SECRET_OPEN);
    }

    static long secrets(String text) {
        long count = 0;
        for (int at = text.indexOf(SECRET_OPEN); at >= 0; at = text.indexOf(SECRET_OPEN, at + 1)) {
            count++;
        }
        return count;
    }
}
