// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.yaml;

import dev.sluice.spec.SourceLocation;
import dev.sluice.spec.finding.Findings;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/** Reads one YAML document whose top level is a map. Safe for any text; never throws for what it reads. */
public final class YamlReader {
    private final YamlLimits limits;

    public YamlReader(YamlLimits limits) {
        this.limits = limits;
    }

    /** The document, or findings; a document with findings may still be present, without the bad parts. */
    public Optional<Node.Mapping> read(String file, byte[] bytes, Findings findings) {
        return SourceText.decode(file, bytes, findings).flatMap(text -> read(file, text, findings));
    }

    /** As {@link #read(String, byte[], Findings)}, for text that is decoded already. */
    public Optional<Node.Mapping> read(String file, String text, Findings findings) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE);
        try {
            ParserImpl events = new ParserImpl(new StreamReader(text), options);
            return new NodeBuilder(file, events, limits, findings).document();
        } catch (MarkedYAMLException broken) {
            report(file, broken, findings);
        } catch (NodeBuilder.Stopped stopped) {
            findings.addAll(stopped.findings());
        } catch (YAMLException broken) {
            findings.error(
                    "yaml",
                    new SourceLocation(file, 1, 1),
                    "",
                    "expected YAML, found: " + broken.getMessage(),
                    "correct the file");
        }
        return Optional.empty();
    }

    private static void report(String file, MarkedYAMLException broken, Findings findings) {
        Mark mark = broken.getProblemMark();
        SourceLocation at =
                mark == null ? new SourceLocation(file, 1, 1) : NodeBuilder.location(file, mark);
        YamlProblem problem = YamlProblem.of(broken);
        findings.error("yaml", at, "", problem.message(), problem.nextStep());
    }
}
