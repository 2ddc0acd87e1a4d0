// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.yarn;

import static dev.sluice.drive.yarn.Identity.ANYBODY;
import static java.util.Objects.requireNonNull;

import dev.sluice.drive.rest.StateFiles;
import dev.sluice.drive.session.FileStamp;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A folder of HDFS over its REST interface, which needs no class of Hadoop. Requests to read and write
 * are sent on to the DataNode that the NameNode names.
 */
final class WebHdfs implements StateFiles {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration QUESTION = Duration.ofSeconds(10);
    private static final Duration UPLOAD = Duration.ofMinutes(5);
    private static final int NOT_FOUND = 404;

    private final String root;
    private final String prefix;
    private final String user;
    private final Http http;

    /**
     * @param root such as {@code hdfs://nameservice1/flink/state}
     * @param user who is said to ask; HDFS without Kerberos takes anybody's word
     */
    WebHdfs(URI root, List<URI> nameNodes, String user) {
        this(root, nameNodes, "&user.name=" + requireNonNull(user, "user is null"), ANYBODY);
    }

    /** HDFS with Kerberos, which knows who asks. */
    WebHdfs(URI root, List<URI> nameNodes, Identity identity) {
        this(root, nameNodes, "", identity);
    }

    private WebHdfs(URI root, List<URI> nameNodes, String user, Identity identity) {
        this.root = root.toString().replaceFirst("/+$", "");
        this.prefix = root.getPath().replaceFirst("/+$", "");
        this.user = user;
        this.http = new Http(nameNodes, identity);
    }

    @Override
    public String url(String path) {
        return root + "/" + path;
    }

    @Override
    public Optional<String> path(String url) {
        return url.startsWith(root + "/")
                ? Optional.of(url.substring(root.length() + 1))
                : Optional.empty();
    }

    @Override
    public List<String> children(String folder) throws IOException {
        List<String> names = new ArrayList<>();
        for (JsonNode status : statuses(folder)) {
            names.add(status.path("pathSuffix").asString(""));
        }
        return names.stream().sorted().toList();
    }

    @Override
    public boolean owns(String url) {
        return path(url).filter(path -> !("/" + path + "/").contains("/../")).isPresent();
    }

    @Override
    public SortedMap<String, Long> lengths(String folder) throws IOException {
        TreeMap<String, Long> lengths = new TreeMap<>();
        for (JsonNode status : statuses(folder)) {
            if (status.path("type").asString("").equals("FILE")) {
                lengths.put(
                        status.path("pathSuffix").asString(""),
                        status.path("length").asLong(-1));
            }
        }
        return lengths;
    }

    @Override
    public void fetch(String file, Path to) throws IOException {
        Http.Answer open = http.ask("GET", path(file, "OPEN", ""), QUESTION);
        http.download(there(open), to, UPLOAD);
    }

    private JsonNode statuses(String folder) throws IOException {
        Http.Answer answer = http.ask("GET", path(folder, "LISTSTATUS", ""), QUESTION);
        return isMissing(answer)
                ? JSON.createArrayNode()
                : json(answer).path("FileStatuses").path("FileStatus");
    }

    @Override
    public Optional<Head> head(String file, int bytes) throws IOException {
        Http.Answer status = http.ask("GET", path(file, "GETFILESTATUS", ""), QUESTION);
        if (isMissing(status)) {
            return Optional.empty();
        }
        JsonNode found = json(status).path("FileStatus");
        Instant modified = Instant.ofEpochMilli(found.path("modificationTime").asLong());
        if (found.path("length").asLong() == 0) {
            return Optional.of(new Head(new byte[0], modified));
        }
        Http.Answer open = http.ask("GET", path(file, "OPEN", "&length=" + bytes), QUESTION);
        Http.Answer content = open.location().isPresent()
                ? http.send("GET", there(open), BodyPublishers.noBody(), QUESTION)
                : open;
        if (isMissing(content)) {
            return Optional.empty();
        }
        return Optional.of(new Head(ok(content).body(), modified));
    }

    /** A rename takes no name that is taken, so the file appears once and with its content. */
    @Override
    public boolean create(String file, byte[] content) throws IOException {
        return appear(draft(file), file, BodyPublishers.ofByteArray(content), () -> {});
    }

    @Override
    public void put(Path from, String file) throws IOException {
        http.ask("DELETE", path(file, "DELETE", ""), QUESTION);
        if (!appear(draft(file), file, BodyPublishers.ofFile(from), () -> {})) {
            throw new IOException(url(file) + " was made by somebody else");
        }
    }

    private static String draft(String name) {
        return name + "." + UUID.randomUUID();
    }

    /** What is asked of a file once more when its draft is whole. */
    @FunctionalInterface
    private interface Check {
        void pass() throws IOException;
    }

    private boolean appear(String draft, String file, BodyPublisher content, Check check)
            throws IOException {
        try {
            write(draft, content);
            check.pass();
            String target = URLEncoder.encode(prefix + "/" + file, StandardCharsets.UTF_8);
            Http.Answer renamed =
                    http.ask("PUT", path(draft, "RENAME", "&destination=" + target), QUESTION);
            return json(renamed).path("boolean").asBoolean(false);
        } finally {
            http.ask("DELETE", path(draft, "DELETE", ""), QUESTION);
        }
    }

    /**
     * Copies a file of this machine there unless one of its length is there already, which others may
     * use: it is never written over, since YARN gives no container a file that has another time than
     * when the application was submitted. One of another length is replaced.
     *
     * <p>The draft lies beside the folder, because whole folders are given to applications.
     *
     * @throws IOException also when the file has changed since its stamp was taken
     */
    void upload(FileStamp file, String target) throws IOException {
        int slash = target.lastIndexOf('/');
        String folder = target.substring(0, slash);
        String name = target.substring(slash + 1);
        // A rename makes no folder.
        ok(http.ask("PUT", path(folder, "MKDIRS", ""), QUESTION));
        appear(draft(folder), target, BodyPublishers.ofFile(file.file()), () -> {
            if (!file.isUntouched()) {
                throw new IOException(file.file() + " changed while it was copied");
            }
            if (lengths(folder).getOrDefault(name, file.size()) != file.size()) {
                ok(http.ask("DELETE", path(target, "DELETE", ""), QUESTION));
            }
        });
    }

    private void write(String file, BodyPublisher content) throws IOException {
        Http.Answer place = http.ask("PUT", path(file, "CREATE", "&overwrite=true"), QUESTION);
        ok(http.send("PUT", there(place), content, UPLOAD));
    }

    private static URI there(Http.Answer answer) throws IOException {
        return URI.create(answer.location()
                .orElseThrow(() -> new IOException("HDFS names no DataNode: " + cause(answer))));
    }

    private String path(String path, String operation, String more) {
        String encoded = URLEncoder.encode(prefix + "/" + path, StandardCharsets.UTF_8)
                .replace("%2F", "/")
                .replace("+", "%20");
        return "/webhdfs/v1" + encoded + "?op=" + operation + more + user;
    }

    /** Anybody on the way may answer 404; HDFS says with what exception. */
    private static boolean isMissing(Http.Answer answer) {
        if (answer.status() != NOT_FOUND) {
            return false;
        }
        try {
            return JSON.readTree(answer.body())
                    .path("RemoteException")
                    .path("exception")
                    .asString("")
                    .equals("FileNotFoundException");
        } catch (JacksonException notOfHdfs) {
            return false;
        }
    }

    private static Http.Answer ok(Http.Answer answer) throws IOException {
        if (!answer.isOk()) {
            throw new IOException("HDFS refuses: " + cause(answer));
        }
        return answer;
    }

    private static JsonNode json(Http.Answer answer) throws IOException {
        try {
            return JSON.readTree(ok(answer).body());
        } catch (JacksonException e) {
            throw new IOException("HDFS did not answer with JSON", e);
        }
    }

    private static String cause(Http.Answer answer) {
        try {
            return answer.status() + " "
                    + JSON.readTree(answer.body())
                            .path("RemoteException")
                            .path("message")
                            .asString("without a reason");
        } catch (JacksonException e) {
            return Integer.toString(answer.status());
        }
    }
}
