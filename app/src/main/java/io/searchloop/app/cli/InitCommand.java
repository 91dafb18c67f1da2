package io.searchloop.app.cli;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.dataset.DatasetReader;
import io.searchloop.app.dataset.GeneratedMarketplace;
import io.searchloop.app.launcher.Groundwork;
import io.searchloop.app.launcher.LoopSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code searchloop init}. */
@Command(
    name = "init",
    description =
        "Prepares an external Kafka and registry: topics, schemas, the catalogue and the first"
            + " reward configuration. What is there already stays.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  ./searchloop init --dataset DIR --bootstrap kafka:9092 --registry http://registry:8082",
      "  ./searchloop init --dataset DIR --client-config client.properties --loop.partitions 8"
    })
final class InitCommand implements Callable<Integer> {
  private final Settings settings;

  @Mixin private ConnectionOptions connection = new ConnectionOptions();

  @Option(
      names = "--dataset",
      paramLabel = "DIR",
      description = "Whose products are the catalogue (default: the generated marketplace).")
  private @Nullable Path datasetDirectory;

  @Spec private CommandSpec spec = CommandSpec.create();

  InitCommand(Settings settings) {
    this.settings = settings;
  }

  @Override
  public Integer call() {
    LoopSettings loop = LoopSettings.of(settings.values(), datasetDirectory != null);
    Dataset dataset =
        datasetDirectory == null
            ? GeneratedMarketplace.generate(loop.marketplace())
            : DatasetReader.read(datasetDirectory);
    PrintWriter out = spec.commandLine().getOut();
    if (dataset.problems().count() > 0) {
      dataset.problems().first().forEach(out::println);
      out.println(dataset.problems().count() + " unreadable lines are left out.");
    }
    Groundwork groundwork = new Groundwork(connection.brokers(), connection.serdes());
    List<String> differences = groundwork.layTopics(loop.loop().partitions());
    differences.forEach(out::println);
    int rewards = groundwork.publish(dataset, loop.reward()).size();
    out.printf(
        "Topics, schemas, %d products of %s and %d reward configurations are on %s.%n",
        dataset.products().size(), dataset.name(), rewards, connection.brokers());
    out.flush();
    return differences.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
  }
}
