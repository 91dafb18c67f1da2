package io.searchloop.app.cli;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.dataset.DatasetOptions;
import io.searchloop.app.dataset.DatasetReader;
import io.searchloop.app.evaluation.Metric;
import io.searchloop.app.evaluation.PolicyFigures;
import io.searchloop.app.train.Beginning;
import io.searchloop.app.train.TrainReport;
import io.searchloop.app.train.TrainRun;
import io.searchloop.app.train.TrainSettings;
import io.searchloop.policy.release.InvalidReleaseException;
import io.searchloop.search.engine.Combination;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code searchloop train}: a policy from a catalogue and its queries, without shoppers. */
@Command(
    name = "train",
    description = {
      "Trains a policy without shoppers: a warm start on the catalogue's own texts, then GRPO on"
          + " what the search engine finds, on judgments of train queries, or on what a language"
          + " model says of the pages. Only train queries are learned from.",
      "The same command resumes a run that was stopped."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  ./searchloop train --dataset data/datasets/homedepot --out policies/homedepot",
      "  ./searchloop train --dataset DIR --out DIR --minutes 10",
      "  ./searchloop train --dataset DIR --out DIR --train.feedback.from judgments",
      "  ./searchloop train --dataset DIR --out DIR --train.feedback.from http \\",
      "      --train.judge.url http://localhost:8000/v1/chat/completions --train.judge.model NAME",
      "  ./searchloop train --dataset DIR --out DIR --steps 200 --train.prompt.products 5",
      "  ./searchloop train --dataset DIR --out DIR --from models/qwen2.5-0.5b",
      "  ./searchloop train --dataset DIR --out DIR --from policies/homedepot"
    })
final class TrainCommand implements Callable<Integer> {
  private static final double WARM_START_SHARE = .4;

  private final Settings settings;

  @Option(
      names = "--dataset",
      paramLabel = "DIR",
      description = "Products, queries and judgments, as for demo.")
  private @Nullable Path datasetDirectory;

  @Option(names = "--out", paramLabel = "DIR", description = "The policy directory to write.")
  private @Nullable Path out;

  @Option(
      names = "--from",
      paramLabel = "DIR",
      description =
          "Begin with a checkpoint in Hugging Face's layout, or go on from a policy directory.")
  private @Nullable Path from;

  @Option(
      names = "--minutes",
      paramLabel = "N",
      description =
          "Train for N minutes, two fifths of them warm start if there is one, whatever the machine"
              + " does.")
  private double minutes;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Steps of learning after the warm start (train.steps); more later go on.")
  private int steps;

  @Option(
      names = "--split-seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Which clusters of queries are held out (default: ${DEFAULT-VALUE}).")
  private long splitSeed = 1;

  @Option(names = "--help-settings", description = "List every setting with its default.")
  private boolean helpSettings;

  @Spec private CommandSpec spec = CommandSpec.create();

  TrainCommand(Settings settings) {
    this.settings = settings;
  }

  @Override
  public Integer call() {
    PrintStream console = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    if (helpSettings) {
      TrainSettings.known()
          .forEach((key, text) -> console.printf("--%-40s %s%n", key, text.replace("\t", "   ")));
      return ExitCode.OK;
    }
    if (datasetDirectory == null || out == null) {
      throw new ParameterException(
          spec.commandLine(), "Found no --dataset or no --out, expected both.");
    }
    Beginning beginning = beginning(out);
    Map<String, String> given = given(beginning);
    TrainSettings bound = TrainSettings.of(given);
    // Read by logback.xml when the first logger is made, which is after this line.
    System.setProperty("searchloop.log", out.resolve("searchloop.log").toString());
    Dataset dataset =
        DatasetReader.read(datasetDirectory, DatasetOptions.DEFAULT.withSplitSeed(splitSeed));
    if (dataset.problems().count() > 0) {
      dataset.problems().first().forEach(console::println);
      console.println(dataset.problems().count() + " unreadable lines were left out.");
    }
    TrainReport report =
        new TrainRun(dataset, bound, given, beginning, out, InstantSource.system(), console).run();
    conclude(console, report);
    return report.refused().isEmpty() ? ExitCode.OK : ExitCode.FAILED;
  }

  private Beginning beginning(Path written) {
    if (from != null
        && from.toAbsolutePath().normalize().equals(written.toAbsolutePath().normalize())) {
      throw new ParameterException(
          spec.commandLine(), "Found the same --from and --out, expected two directories.");
    }
    try {
      Beginning beginning = Beginning.of(from);
      beginning.requireOpen(settings.values());
      return beginning;
    } catch (IllegalArgumentException | InvalidReleaseException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private Map<String, String> given(Beginning beginning) {
    if (minutes > 0 && steps > 0) {
      throw new ParameterException(
          spec.commandLine(), "Found --minutes and --steps, expected one of them.");
    }
    Map<String, String> given = new TreeMap<>(settings.values());
    if (steps > 0) {
      given.put("train.steps", Integer.toString(steps));
    }
    if (minutes > 0) {
      double warmStart = beginning instanceof Beginning.Policy ? 0 : WARM_START_SHARE;
      if (warmStart > 0) {
        given.put("trainer.warm-start.steps", "0");
        given.put("trainer.warm-start.budget", share(warmStart));
      }
      given.put("train.steps", "0");
      given.put("train.budget", share(1 - warmStart));
    }
    return given;
  }

  private String share(double share) {
    return Duration.ofMillis((long) (minutes * share * 60_000)).toString();
  }

  private void conclude(PrintStream console, TrainReport report) {
    report.validation().policies().stream()
        .filter(figures -> figures.mode() == Combination.UNION)
        .forEach(figures -> console.println("  " + line(figures)));
    console.println("Report: " + out + "/" + TrainReport.FILE);
    console.println(
        report.refused().isEmpty()
            ? "Policy: " + out + " (./searchloop policy import " + out + " --data-dir DIR)"
            : "The release gate refuses the policy: " + report.refused());
  }

  private static String line(PolicyFigures figures) {
    PolicyFigures.Figure ndcg = figures.all(Metric.NDCG_AT_10);
    return String.format(
        Locale.ROOT,
        "%-16s nDCG@10 %.4f (%s)  recall@100 %.4f  unchanged %.2f",
        figures.policy(),
        ndcg.value(),
        ndcg.toIdentity().signedText(4),
        figures.all(Metric.RECALL_AT_100).value(),
        figures.rewriting().unchanged());
  }
}
