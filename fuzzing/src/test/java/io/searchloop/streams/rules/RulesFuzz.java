package io.searchloop.streams.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.searchloop.fuzzing.Bounds;
import io.searchloop.fuzzing.Parts;
import io.searchloop.search.arms.SynonymDictionary;
import io.searchloop.search.suggest.PastQueryFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a shop writes by hand: rules, synonyms; and its past queries, with a query and a rewrite.
 */
class RulesFuzz {
  private static final Path FOLDER = Parts.folder("rules");
  private static final Path RULES = FOLDER.resolve("rules");
  private static final Path QUERIES = FOLDER.resolve("queries.tsv");

  static Stream<byte[]> seeds() {
    String rules =
        "# ours\nkeep black & decker\nkeep-model-numbers\nblock cheap\nblock-rewrite red sofa\n"
            + "pin couch => sofa\nnever-rewrite wd-40 spray\n";
    return Stream.of(
        Parts.join(
            rules,
            "ps 4, playstation 4\nsofa => couch # b\n",
            "query\tsearches\treward\na b\t3\t1.5\n",
            "WD-40 oz",
            "wd 40"));
  }

  @MethodSource("seeds")
  @FuzzTest
  void reads(byte[] input) throws Exception {
    List<byte[]> parts = Parts.of(input, 5);
    String query = new String(parts.get(3), StandardCharsets.UTF_8);
    String rewrite = new String(parts.get(4), StandardCharsets.UTF_8);
    Bounds.within(
        input.length,
        () -> {
          rules(parts.get(0), query, rewrite);
          synonyms(new String(parts.get(1), StandardCharsets.UTF_8), query);
          queries(parts.get(2));
        });
  }

  private static void rules(byte[] content, String query, String rewrite) throws IOException {
    Files.write(RULES, content);
    try {
      Rules rules = new RulesFile(RULES).read();
      rules.fixed(query).ifPresent(fixed -> assertThat(fixed.kind()).isNotNull());
      rules.refusal(query, rewrite).ifPresent(by -> assertThat(by.rule()).isNotBlank());
      assertThat(rules.refusal(query, query).filter(by -> by.kind() == RuleKind.KEEP)).isEmpty();
    } catch (IllegalArgumentException e) {
      Bounds.requireNamed(e, RULES.toString());
    }
  }

  private static void synonyms(String text, String query) {
    try {
      SynonymDictionary synonyms = SynonymDictionary.parse(text.lines().toList());
      assertThat(synonyms.of(query)).doesNotContain("");
    } catch (IllegalArgumentException e) {
      Bounds.requireNamed(e, "line");
    }
  }

  private static void queries(byte[] content) throws IOException {
    Files.write(QUERIES, content);
    try {
      var queries = PastQueryFile.read(QUERIES);
      PastQueryFile.write(QUERIES, queries);
      assertThat(PastQueryFile.read(QUERIES)).hasSameSizeAs(queries);
    } catch (IllegalArgumentException e) {
      Bounds.requireNamed(e, QUERIES.toString());
    }
  }
}
