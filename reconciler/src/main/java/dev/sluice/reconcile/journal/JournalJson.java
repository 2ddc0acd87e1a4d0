// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.journal;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonSetter.Value;
import com.fasterxml.jackson.annotation.Nulls;
import dev.sluice.spec.CommitId;
import dev.sluice.spec.Digest;
import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.JobSpec;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * Values as JSON text and back. An {@link EffectiveJob} is written as a reference: commit, digest,
 * file and the digest of its specification's text; that text lies once in {@code effective_spec},
 * under its own digest, so that equal references give equal specifications for ever.
 */
public final class JournalJson {
    /**
     * A value as text.
     *
     * @param specs digest to text of every specification the value refers to
     */
    public record Encoded(String text, SortedMap<String, String> specs) {}

    /** How an effective job stands in the text. */
    private record Reference(CommitId commit, Digest digest, String file, Digest spec) {}

    private static final String SPECS = "sluice.specs";

    private final SpecCodec codec = new SpecCodec();
    private final JsonMapper plain;
    private final JsonMapper mapper;

    public JournalJson() {
        plain = PlanMixins.addTo(JsonMapper.builder())
                .changeDefaultVisibility(seen -> seen.withIsGetterVisibility(Visibility.NONE))
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                // A number that an earlier version did not write is none: 0.
                .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                // And so a table or a list: empty.
                .withConfigOverride(
                        List.class,
                        found -> found.setNullHandling(Value.forValueNulls(Nulls.AS_EMPTY)))
                .withConfigOverride(
                        SortedMap.class,
                        found -> found.setNullHandling(Value.forValueNulls(Nulls.AS_EMPTY)))
                .build();
        SimpleModule references = new SimpleModule("references");
        references.addSerializer(EffectiveJob.class, new ReferenceWriter());
        references.addDeserializer(EffectiveJob.class, new ReferenceReader());
        mapper = plain.rebuild().addModule(references).build();
    }

    /** A value as one line of text; equal values give equal lines. */
    public Encoded encode(Object value) {
        TreeMap<String, String> specs = new TreeMap<>();
        String text = mapper.writer().withAttribute(SPECS, specs).writeValueAsString(value);
        return new Encoded(text, specs);
    }

    /** Reads a value; {@code specs} gives the text that lies under a digest. */
    public <T> T decode(String text, Class<T> type, Function<Digest, String> specs) {
        return mapper.readerFor(type).withAttribute(SPECS, specs).readValue(text);
    }

    /** Reads a list of values that refer to no specification. */
    <T> List<T> decodeList(String text, Class<T> type) {
        JavaType list = plain.getTypeFactory().constructCollectionType(List.class, type);
        return List.copyOf(plain.readValue(text, list));
    }

    /** Reads a value that refers to no specification. */
    <T> T decode(String text, Class<T> type) {
        return plain.readValue(text, type);
    }

    private final class ReferenceWriter extends ValueSerializer<EffectiveJob> {
        @Override
        public void serialize(EffectiveJob job, JsonGenerator out, SerializationContext context)
                throws JacksonException {
            String text = codec.write(job.spec());
            Digest spec = Digest.of(text);
            @SuppressWarnings("unchecked")
            Map<String, String> specs = (Map<String, String>) context.getAttribute(SPECS);
            specs.put(spec.hex(), text);
            out.writePOJO(new Reference(job.commit(), job.digest(), job.file(), spec));
        }
    }

    private final class ReferenceReader extends ValueDeserializer<EffectiveJob> {
        @Override
        public EffectiveJob deserialize(JsonParser in, DeserializationContext context)
                throws JacksonException {
            Reference reference = in.readValueAs(Reference.class);
            @SuppressWarnings("unchecked")
            Function<Digest, String> specs = (Function<Digest, String>) context.getAttribute(SPECS);
            JobSpec spec = codec.read(reference.spec(), specs);
            return new EffectiveJob(spec, reference.commit(), reference.digest(), reference.file());
        }
    }
}
