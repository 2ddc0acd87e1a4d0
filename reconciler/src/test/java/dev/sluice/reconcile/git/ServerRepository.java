// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.git;

import dev.sluice.spec.CommitId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A bare repository as a git server has it, made and changed by the real git program. */
public final class ServerRepository {
    /** In place of a text: the file is taken away. */
    public static final String GONE = "gone:";

    private static final int TIME = 1_772_000_000;

    private final Path directory;
    private int commits;

    public ServerRepository(Path directory) {
        this.directory = directory;
        git("", "init", "--quiet", "--bare", directory.toString());
    }

    public Path directory() {
        return directory;
    }

    public String url() {
        return "file://" + directory;
    }

    /** Adds a commit on top of a branch: path to text, or to {@code mode:text}. */
    public CommitId commit(String branch, String subject, Map<String, String> files) {
        boolean isFirst = run("", "rev-parse", "--verify", "--quiet", branch).isBlank();
        return write(branch, subject, files, isFirst ? "" : "from refs/heads/" + branch + "^0\n");
    }

    /** Points the branch at a new history that begins with this commit. */
    CommitId rewrite(String branch, String subject, Map<String, String> files) {
        delete(branch);
        return write(branch, subject, files, "");
    }

    void delete(String branch) {
        git("", "update-ref", "-d", "refs/heads/" + branch);
    }

    /** Moves the branch to any commit, as a forced push does. */
    void move(String branch, CommitId commit) {
        git("", "update-ref", "refs/heads/" + branch, commit.hash());
    }

    /** Runs git in this repository and answers its output. */
    public String git(String input, String... arguments) {
        List<String> failure = new ArrayList<>();
        String output = run(input, failure, arguments);
        if (!failure.isEmpty()) {
            throw new IllegalStateException("git " + String.join(" ", arguments) + failure);
        }
        return output.strip();
    }

    private CommitId write(String branch, String subject, Map<String, String> files, String from) {
        int time = TIME + ++commits * 60;
        StringBuilder stream = new StringBuilder("commit refs/heads/" + branch + "\n")
                .append("author Ann Author <ann@example.com> ")
                .append(time)
                .append(" +0000\n")
                .append("committer Ann Author <ann@example.com> ")
                .append(time)
                .append(" +0000\n")
                .append("data ")
                .append(subject.length())
                .append('\n')
                .append(subject)
                .append('\n')
                .append(from);
        files.forEach((path, text) -> stream.append(change(path, text)));
        git(stream.toString(), "fast-import", "--quiet", "--force");
        return new CommitId(git("", "rev-parse", "refs/heads/" + branch));
    }

    private static String change(String path, String text) {
        if (text.equals(GONE)) {
            return "D " + path + "\n";
        }
        if (text.startsWith("160000:")) {
            return "M 160000 " + text.substring(7) + " " + path + "\n";
        }
        boolean isLink = text.startsWith("120000:");
        String content = isLink ? text.substring(7) : text;
        int length = content.getBytes(StandardCharsets.UTF_8).length;
        return "M " + (isLink ? "120000" : "100644") + " inline " + path + "\ndata " + length + "\n"
                + content + "\n";
    }

    private String run(String input, String... arguments) {
        return run(input, new ArrayList<>(), arguments);
    }

    private String run(String input, List<String> failure, String... arguments) {
        List<String> command = new ArrayList<>(List.of("git", "-C", directory.toString()));
        if (arguments[0].equals("init")) {
            command = new ArrayList<>(List.of("git"));
        }
        command.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().close();
            String output = text(process.getInputStream());
            int code = process.waitFor();
            if (code != 0) {
                failure.add(" ended with " + code + ": " + output);
            }
            return output;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String text(InputStream in) throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
}
