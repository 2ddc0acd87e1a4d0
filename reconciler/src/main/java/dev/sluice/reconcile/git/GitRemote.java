// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.git;

import static java.util.Objects.requireNonNull;

import dev.sluice.reconcile.signing.SigningPolicy;
import java.net.URISyntaxException;
import java.util.List;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.URIish;

/**
 * The one branch that is followed. Comes from the controller's own configuration, never from a
 * repository.
 *
 * @param url {@code https:}, {@code http:}, {@code ssh:}, {@code git:}, {@code file:},
 *     {@code user@host:path} or an absolute path
 */
public record GitRemote(
        String url,
        String branch,
        GitLimits limits,
        GitCredentials credentials,
        SigningPolicy signing) {
    private static final List<String> SCHEMES = List.of("https", "http", "ssh", "git", "file");

    public GitRemote {
        requireNonNull(url, "url is null");
        requireNonNull(branch, "branch is null");
        requireNonNull(limits, "limits is null");
        requireNonNull(credentials, "credentials is null");
        requireNonNull(signing, "signing is null");
        if (!Repository.isValidRefName(Constants.R_HEADS + branch)) {
            throw new IllegalArgumentException("not a branch name: " + branch);
        }
        requireAllowed(url, parse(url));
        if (isSsh(parse(url)) && credentials.sshDirectory().isEmpty()) {
            throw new IllegalArgumentException(
                    "a git URL over ssh needs a directory with keys and known_hosts");
        }
    }

    public GitRemote(String url, String branch) {
        this(url, branch, GitLimits.DEFAULT, GitCredentials.NONE);
    }

    /** The same without looking at signatures. */
    public GitRemote(String url, String branch, GitLimits limits, GitCredentials credentials) {
        this(url, branch, limits, credentials, SigningPolicy.NONE);
    }

    String ref() {
        return Constants.R_HEADS + branch;
    }

    URIish uri() {
        return parse(url);
    }

    /** The address as it may be shown: no user, no password. */
    public String shown() {
        return new Redaction(url).apply(url);
    }

    /** What may be shown. */
    @Override
    public String toString() {
        return shown() + " " + branch;
    }

    private static boolean isSsh(URIish uri) {
        return "ssh".equals(uri.getScheme()) || (uri.getScheme() == null && uri.getHost() != null);
    }

    private static URIish parse(String url) {
        try {
            return new URIish(url);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("not a git URL");
        }
    }

    private static void requireAllowed(String url, URIish uri) {
        String scheme = uri.getScheme();
        boolean isAllowed = scheme == null
                ? uri.getHost() != null || uri.getPath().startsWith("/")
                : SCHEMES.contains(scheme);
        if (!isAllowed || url.contains("::") || uri.getPath().startsWith("-")) {
            throw new IllegalArgumentException(
                    "the git URL must be https, http, ssh, git, file or an absolute path");
        }
    }
}
