// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.sql;

import dev.sluice.spec.finding.Findings;
import dev.sluice.spec.variables.Lookup;
import dev.sluice.spec.variables.Part;
import dev.sluice.spec.variables.Resolution;
import dev.sluice.spec.variables.Scope;
import dev.sluice.spec.variables.Template;
import java.util.Optional;

/**
 * Makes the effective SQL of a script. A variable may stand inside a quoted literal, where quotes are
 * doubled, or be an identifier, number, boolean or interval of its declared type; nowhere else. Comments
 * are dropped, so that a reference in one means nothing; lines keep their numbers, hints stay.
 */
public final class SqlTemplate {
    private final String text;
    private final TextPosition position;
    private final Findings findings;
    private final Lookup lookup;
    private final SqlOutput out = new SqlOutput();
    private final SqlMap.Builder map = new SqlMap.Builder();
    private int at;
    private boolean hint;
    private boolean failed;
    private long secrets;

    private SqlTemplate(String file, String text, Scope scope, Findings findings) {
        this.text = text;
        this.position = new TextPosition(file, text);
        this.findings = findings;
        this.lookup = new Lookup(scope, findings);
    }

    /** The effective SQL, or findings. */
    public static Optional<EffectiveSql> render(
            String file, String text, Scope scope, Findings findings) {
        SqlTemplate template = new SqlTemplate(file, text, scope, findings);
        return template.render()
                .map(effective -> new EffectiveSql(file, text, effective, template.map.build()));
    }

    private Optional<String> render() {
        while (at < text.length()) {
            code();
        }
        String effective = out.text();
        failed |= lookup.smuggles(effective, secrets, position.at(at), "");
        return failed ? Optional.empty() : Optional.of(effective);
    }

    private void code() {
        char character = text.charAt(at);
        if (text.startsWith("--", at)) {
            skipLine();
        } else if (text.startsWith("/*+", at)) {
            hint = true;
            copy(3);
        } else if (text.startsWith("/*", at)) {
            skipBlock();
        } else if (hint && text.startsWith("*/", at)) {
            hint = false;
            copy(2);
        } else if (character == '\'' || character == '`' || character == '"') {
            quoted(character);
        } else if (isReference()) {
            reference(SqlPlace.CODE);
        } else {
            copyEscaped();
        }
    }

    private void skipLine() {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
        out.trimBlanks();
    }

    private void skipBlock() {
        int end = text.indexOf("*/", at + 2);
        if (end < 0) {
            refuse("sql-unterminated", "found a comment that never ends", "close it with */");
            at = text.length();
            return;
        }
        long lines = text.substring(at, end).chars().filter(c -> c == '\n').count();
        map.replaced(out.length(), at);
        out.append(lines == 0 ? " " : "\n".repeat((int) lines));
        at = end + 2;
    }

    private void quoted(char quote) {
        int start = at;
        SqlPlace place = SqlPlace.inside(quote, out.lastWord());
        var startsAt = position.at(start);
        copy(1);
        while (at < text.length()) {
            if (text.charAt(at) == quote
                    && at + 1 < text.length()
                    && text.charAt(at + 1) == quote) {
                copy(2);
            } else if (text.charAt(at) == quote) {
                copy(1);
                return;
            } else if (isReference()) {
                reference(place);
            } else {
                copyEscaped();
            }
        }
        failed = true;
        findings.error(
                "sql-unterminated",
                startsAt,
                "",
                "found a quote " + quote + " that is never closed",
                "close the quote");
    }

    private boolean isReference() {
        return text.startsWith(Template.OPEN, at);
    }

    private void reference(SqlPlace place) {
        Template.Reference reference = Template.reference(text, at);
        var here = position.at(at);
        char next = reference.end() < text.length() ? text.charAt(reference.end()) : ' ';
        if (reference.part() instanceof Part.Malformed malformed) {
            lookup.malformed(malformed, here, "");
            failed = true;
        } else if (reference.part() instanceof Part.Secret secret) {
            secret(secret, place);
        } else if (reference.part() instanceof Part.Variable variable) {
            Optional<Resolution.Value> value = lookup.value(variable.name(), here, "");
            value.ifPresentOrElse(known -> variable(known, place, next), () -> failed = true);
        }
        at = reference.end();
    }

    private void secret(Part.Secret secret, SqlPlace place) {
        if (place != SqlPlace.LITERAL) {
            refuse(
                    "sql-secret",
                    "expected the secret '" + secret.name() + "' inside '...', found it "
                            + place.words(),
                    "write '" + secret.reference() + "'");
            return;
        }
        secrets++;
        map.replaced(out.length(), at);
        out.append(secret.reference());
    }

    private void variable(Resolution.Value value, SqlPlace place, char next) {
        SqlValue.Rendered rendered = SqlValue.render(value, place, hint, out, next);
        if (rendered.refusal().isPresent()) {
            SqlValue.Refusal refusal = rendered.refusal().get();
            refuse("sql-variable", refusal.message(), refusal.nextStep());
            return;
        }
        secrets += value.secrets();
        map.replaced(out.length(), at);
        out.append(rendered.sql());
    }

    private void refuse(String rule, String message, String nextStep) {
        failed = true;
        findings.error(rule, position.at(at), "", message, nextStep);
    }

    private void copyEscaped() {
        if (text.startsWith("$${", at)) {
            map.replaced(out.length(), at);
            out.append(Template.OPEN);
            at += 3;
            return;
        }
        copy(1);
    }

    private void copy(int length) {
        map.copied(out.length(), at);
        out.append(text.substring(at, at + length));
        at += length;
    }
}
