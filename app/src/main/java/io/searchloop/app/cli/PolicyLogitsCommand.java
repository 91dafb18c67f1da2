package io.searchloop.app.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.searchloop.trainer.export.GraphLogits;
import io.searchloop.trainer.export.LogitsSummary;
import io.searchloop.trainer.export.NetworkLogits;
import io.searchloop.trainer.export.OnnxExporter;
import io.searchloop.trainer.export.SequenceLogits;
import io.searchloop.trainer.huggingface.HuggingFaceDirectory;
import io.searchloop.trainer.network.LibTorch;
import io.searchloop.trainer.network.PolicyNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code searchloop policy logits}. */
@Command(
    name = "logits",
    description =
        "What a checkpoint in Hugging Face's layout says to given tokens, to compare with another"
            + " implementation.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "FILE in is JSON with `input_ids`: a list of token ids for each sequence.",
      "FILE out has `logits_last` (after each sequence's last token),",
      "`token_logprobs` (of token t+1 given tokens 0..t, in nats) and",
      "`logits_sum_abs` (over all positions of all sequences).",
      "",
      "Examples:",
      "  ./searchloop policy logits --checkpoint DIR --ids i.json --out o.json",
      "  ... --engine onnx            the graph that workers run, each sequence at once",
      "  ... --engine onnx --cached   a token at a time over the cache"
    })
final class PolicyLogitsCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();

  enum Engine {
    libtorch,
    onnx
  }

  @Option(
      names = "--checkpoint",
      paramLabel = "DIR",
      required = true,
      description = "Directory with config.json and safetensors.")
  private Path checkpoint = Path.of("");

  @Option(names = "--ids", paramLabel = "FILE", required = true, description = "Token ids, JSON.")
  private Path ids = Path.of("");

  @Option(names = "--out", paramLabel = "FILE", required = true, description = "Answer, JSON.")
  private Path out = Path.of("");

  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      defaultValue = "libtorch",
      description = "libtorch, or onnx: the graph that workers run (default: ${DEFAULT-VALUE}).")
  private Engine engine = Engine.libtorch;

  @Option(names = "--cached", description = "With onnx: decode over the cache, not at once.")
  private boolean cached;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description = "Threads of libtorch (default: ${DEFAULT-VALUE}).")
  private int threads = 1;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    if (cached && engine != Engine.onnx) {
      throw new ParameterException(
          spec.commandLine(), "--cached goes with --engine onnx: libtorch keeps no cache.");
    }
    List<int[]> sequences = sequences();
    LibTorch.initialise(threads);
    int longest = sequences.stream().mapToInt(tokens -> tokens.length).max().orElse(1);
    try (PolicyNetwork network = new HuggingFaceDirectory(checkpoint).readNetwork(longest);
        SequenceLogits logits = logits(network)) {
      LogitsSummary summary = LogitsSummary.of(logits, sequences);
      Files.write(out, JSON.writeValueAsBytes(answer(summary)));
      spec.commandLine()
          .getOut()
          .printf(
              "%d sequences, sum of |logits| %.6g, written to %s%n",
              sequences.size(), summary.logitsSumAbs(), out);
    }
    return ExitCode.OK;
  }

  private static Map<String, Object> answer(LogitsSummary summary) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("logits_last", summary.logitsLast());
    answer.put("token_logprobs", summary.tokenLogProbs());
    answer.put("logits_sum_abs", summary.logitsSumAbs());
    return answer;
  }

  private SequenceLogits logits(PolicyNetwork network) {
    if (engine == Engine.libtorch) {
      return new NetworkLogits(network);
    }
    byte[] onnx = OnnxExporter.export(network, Map.of());
    return cached
        ? GraphLogits.cached(network.config(), onnx)
        : GraphLogits.prefill(network.config(), onnx);
  }

  private List<int[]> sequences() throws IOException {
    try {
      List<int[]> sequences = new ArrayList<>();
      for (JsonNode row : JSON.readTree(Files.readAllBytes(ids)).path("input_ids")) {
        sequences.add(JSON.treeToValue(row, int[].class));
      }
      if (!sequences.isEmpty()) {
        return sequences;
      }
    } catch (JsonProcessingException e) {
      throw unreadable(e.getOriginalMessage());
    }
    throw unreadable("no sequence found");
  }

  private ParameterException unreadable(String found) {
    return new ParameterException(
        spec.commandLine(),
        "%s: expected {\"input_ids\": [[1, 2, ...], ...]}: %s".formatted(ids, found));
  }
}
