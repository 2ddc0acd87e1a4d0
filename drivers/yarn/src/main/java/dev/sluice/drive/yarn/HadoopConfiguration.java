// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.yarn;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** What a cluster's own files of configuration say. Hadoop's built-in values are not known here. */
final class HadoopConfiguration {
    private static final List<String> FILES =
            List.of("core-site.xml", "hdfs-site.xml", "yarn-site.xml");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}$\\s]+)\\}");
    private static final int DEEPEST = 20;

    private final SortedMap<String, String> values;

    private HadoopConfiguration(SortedMap<String, String> values) {
        this.values = Collections.unmodifiableSortedMap(values);
    }

    /** @throws IOException when the folder has no {@code yarn-site.xml}, or a file is no XML */
    static HadoopConfiguration read(Path folder) throws IOException {
        if (!Files.isRegularFile(folder.resolve("yarn-site.xml"))) {
            throw new IOException("there is no yarn-site.xml in " + folder
                    + ": name the folder of Hadoop's client configuration in hadoopConfDir");
        }
        TreeMap<String, String> values = new TreeMap<>();
        for (String name : FILES) {
            Path file = folder.resolve(name);
            if (Files.isRegularFile(file)) {
                values.putAll(parse(file));
            }
        }
        return new HadoopConfiguration(values);
    }

    Optional<String> find(String key) {
        return Optional.ofNullable(values.get(key)).map(value -> expand(value, 0));
    }

    private String expand(String value, int depth) {
        if (depth > DEEPEST) {
            return value;
        }
        Matcher matcher = VARIABLE.matcher(value);
        return matcher.replaceAll(found -> {
            String inner = values.get(found.group(1));
            String text = inner == null ? found.group() : expand(inner, depth + 1);
            return Matcher.quoteReplacement(text);
        });
    }

    private static SortedMap<String, String> parse(Path file) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            NodeList properties = factory.newDocumentBuilder()
                    .parse(file.toFile())
                    .getElementsByTagName("property");
            TreeMap<String, String> values = new TreeMap<>();
            for (int index = 0; index < properties.getLength(); index++) {
                Element property = (Element) properties.item(index);
                String name = text(property, "name");
                if (!name.isEmpty()) {
                    values.put(name, text(property, "value"));
                }
            }
            return values;
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static String text(Element property, String name) {
        NodeList found = property.getElementsByTagName(name);
        return found.getLength() == 0 ? "" : found.item(0).getTextContent().strip();
    }
}
