// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.bind;

import dev.sluice.spec.RestLogin;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what a standalone cluster's address asks for. A password that stands in the file is an error
 * whose text does not repeat it.
 */
final class RestLoginBinder {
    private static final Pattern REFERENCE =
            Pattern.compile("\\$\\{secret:([A-Za-z0-9][A-Za-z0-9_./-]*)}");

    private final Fields fields;

    private RestLoginBinder(Fields fields) {
        this.fields = fields;
    }

    /** The login, or findings. */
    static Optional<RestLogin> bind(Fields fields) {
        return new RestLoginBinder(fields).bind();
    }

    private Optional<RestLogin> bind() {
        boolean areWhole = goTogether("user", "password")
                & goTogether("keyStore", "keyStorePassword")
                & (!fields.has("keyStore") || together("keyStore", "caFile"));
        boolean areSecret = isSecret("password") & isSecret("keyStorePassword");
        return areWhole && areSecret
                ? Optional.of(new RestLogin(
                        fields.text("user"),
                        fields.text("password").map(RestLoginBinder::secret),
                        fields.text("caFile"),
                        fields.text("keyStore"),
                        fields.text("keyStorePassword").map(RestLoginBinder::secret)))
                : Optional.empty();
    }

    private boolean goTogether(String one, String other) {
        return (!fields.has(one) || together(one, other))
                && (!fields.has(other) || together(other, one));
    }

    private boolean together(String present, String needed) {
        if (!fields.has(needed)) {
            fields.error(
                    "incomplete-login",
                    present,
                    "'" + present + "' needs '" + needed + "' beside it",
                    "add '" + needed + "', or remove '" + present + "'");
            return false;
        }
        return true;
    }

    private boolean isSecret(String field) {
        Optional<String> text = fields.text(field);
        boolean isSecret = text.isEmpty() || REFERENCE.matcher(text.get()).matches();
        if (!isSecret) {
            fields.error(
                    "plain-secret",
                    field,
                    "expected a reference to a secret in '" + field + "', found a text",
                    "write ${secret:NAME}; what stood here is known to all who read the repository,"
                            + " so change it");
        }
        return isSecret;
    }

    private static String secret(String reference) {
        Matcher matcher = REFERENCE.matcher(reference);
        if (!matcher.matches()) {
            throw new IllegalStateException("not checked to be a reference");
        }
        return matcher.group(1);
    }
}
