package io.searchloop.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command a person types, over a shop of three products. */
class EvaluateCommandIT {
  @TempDir private Path directory;

  @BeforeEach
  void writeShop() throws IOException {
    Path products = directory.resolve("products.jsonl.gz");
    try (Writer out =
        new OutputStreamWriter(
            new GZIPOutputStream(Files.newOutputStream(products)), StandardCharsets.UTF_8)) {
      out.write(
          "{\"id\":\"p1\",\"title\":\"red sofa\"}\n{\"id\":\"p2\",\"title\":\"floor lamp\"}\n");
      out.write("{\"id\":\"p3\",\"title\":\"table lamp\"}\n");
    }
    write("queries.tsv", "query_id\tquery", "q1\tred soffa", "q2\tfloor lamp");
    write("judgments.tsv", "query_id\tproduct_id\tgrade", "q1\tp1\t3", "q2\tp2\t3", "q2\tp3\t0");
    write("corrections.tsv", "query\tcorrected", "red soffa\tred sofa");
  }

  @Test
  void judgesSeveralPoliciesInOneCall() throws IOException {
    assertThat(evaluate("--policy", "identity,spell,typed+spell,rm3", "--mode", "union,replace"))
        .isEqualTo(ExitCode.OK);

    JsonNode report = report();
    assertThat(report.at("/label").asText()).startsWith("Default BM25 (k1 1.2, b 0.75)");
    assertThat(report.at("/evaluation/judged").asInt()).isEqualTo(2);
    List<String> judged = new ArrayList<>();
    report
        .at("/evaluation/policies")
        .forEach(row -> judged.add(row.path("policy").asText() + " " + row.path("mode").asText()));
    assertThat(judged)
        .containsExactly(
            "identity UNION", "spell UNION", "spell REPLACE", "typed+spell UNION", "rm3 UNION");
    assertThat(report.at("/evaluation/policies/1/strata/misspelt/queries").asInt()).isEqualTo(1);
    assertThat(directory.resolve("out.typed-spell.union.trec")).isNotEmptyFile();
  }

  @Test
  void labelsTunedRanking() throws IOException {
    assertThat(evaluate("--policy", "identity", "--bm25", "0.5,0.3")).isEqualTo(ExitCode.OK);

    assertThat(report().at("/label").asText()).startsWith("Tuned BM25 (k1 0.5, b 0.3)");
    assertThat(directory.resolve("out.trec")).isNotEmptyFile();
  }

  @Test
  void refusesToRerankByWhatIsNoModel() {
    assertThat(evaluate("--rerank", directory.resolve("queries.tsv").toString()))
        .isEqualTo(ExitCode.FAILED);
  }

  @Test
  void trainsNoModelOnTheQueriesItJudgesBy() {
    assertThat(evaluate("--policy", "identity", "--rerank")).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void refusesWhatIsNoNumberAndWhatIsNoPolicy() {
    assertThat(evaluate("--bm25", "0.5")).isEqualTo(ExitCode.USAGE);
    assertThat(evaluate("--weights", "0,1,1")).isEqualTo(ExitCode.USAGE);
    assertThat(evaluate("--policy", directory.resolve("none").toString()))
        .isEqualTo(ExitCode.FAILED);
  }

  private int evaluate(String... more) {
    List<String> line = new ArrayList<>(List.of("evaluate", "--dataset", directory.toString()));
    line.addAll(List.of("--queries", directory.resolve("queries.tsv").toString()));
    line.addAll(List.of("--judgments", directory.resolve("judgments.tsv").toString()));
    line.addAll(List.of("--report", directory.resolve("report.json").toString()));
    line.addAll(List.of("--run", directory.resolve("out.trec").toString()));
    line.addAll(Arrays.asList(more));
    return Main.execute(line.toArray(String[]::new));
  }

  private JsonNode report() throws IOException {
    return new ObjectMapper().readTree(Files.readAllBytes(directory.resolve("report.json")));
  }

  private void write(String file, String... lines) throws IOException {
    Files.writeString(directory.resolve(file), String.join("\n", lines) + "\n");
  }
}
