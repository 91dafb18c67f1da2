package io.searchloop.trainer;

import io.searchloop.policy.signing.ReleaseSigner;
import io.searchloop.schemas.config.ConfigBinder;
import io.searchloop.schemas.config.InvalidConfigurationException;
import io.searchloop.schemas.serde.Serdes;
import io.searchloop.trainer.metrics.MetricsConfig;
import io.searchloop.trainer.metrics.MetricsServer;
import io.searchloop.trainer.publish.GateSettings;
import io.searchloop.trainer.publish.GoldenSet;
import io.searchloop.trainer.publish.SigningSettings;
import io.searchloop.trainer.warmstart.WarmStart;
import io.searchloop.trainer.warmstart.WarmStartDirectory;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A trainer on its own against an existing broker and registry: {@code TrainerMain FILE.properties
 * [key=value ...]}. Keys are those of {@link TrainerConfig}, {@link GateSettings}, {@link
 * SigningSettings}, {@link MetricsConfig} and {@link TrainerMainConfig}; later ones win.
 */
public final class TrainerMain {
  private static final Logger log = LoggerFactory.getLogger(TrainerMain.class);
  private static final int BAD_USAGE = 2;
  private static final int FAILED = 1;

  /** Without it Avro refuses our records, and every minibatch would count as undecodable. */
  private static final String AVRO_CLASSES = "org.apache.avro.SERIALIZABLE_PACKAGES";

  private TrainerMain() {}

  public static void main(String[] arguments) {
    System.exit(run(arguments, System.err));
  }

  private static int run(String[] arguments, PrintStream err) {
    if (System.getProperty(AVRO_CLASSES) == null) {
      System.setProperty(AVRO_CLASSES, "io.searchloop.schemas");
    }
    try {
      ConfigBinder binder = new ConfigBinder(values(arguments));
      TrainerMainConfig main = binder.bind("main", TrainerMainConfig.class);
      TrainerConfig config = binder.bind("trainer", TrainerConfig.class);
      GateSettings gate = binder.bind("trainer.gate", GateSettings.class);
      SigningSettings signing = binder.bind("trainer", SigningSettings.class);
      MetricsConfig metrics = binder.bind("trainer.metrics", MetricsConfig.class);
      binder.finish();
      train(main, config, gate, signing.signer(), metrics);
      return 0;
    } catch (InvalidConfigurationException | IOException e) {
      err.println(e.getMessage());
      return BAD_USAGE;
    } catch (RuntimeException e) {
      err.println("Trainer stopped: " + e.getMessage());
      return FAILED;
    }
  }

  private static void train(
      TrainerMainConfig main,
      TrainerConfig config,
      GateSettings gate,
      ReleaseSigner signer,
      MetricsConfig metrics) {
    Path directory = Path.of(main.warmStart());
    try (WarmStart warmStart =
            new WarmStartDirectory(directory)
                .read()
                .orElseThrow(
                    () ->
                        new IllegalStateException(
                            "no warm start in "
                                + directory
                                + ". Train one with `searchloop train`, or set main.warm-start."));
        Trainer trainer =
            KafkaTrainer.connect(
                main.bootstrapServers(),
                new Serdes(main.registryUrl(), main.registerSchemas()),
                config,
                gate,
                signer,
                warmStart,
                Path.of(main.checkpoints()),
                GoldenSet.NONE,
                InstantSource.system());
        MetricsServer server = MetricsServer.start(metrics, trainer.metrics(), trainer::live)) {
      log.info("Trainer's metrics on {}:{}", metrics.host(), server.port());
      Runtime.getRuntime().addShutdownHook(new Thread(trainer::close, "trainer-shutdown"));
      run(trainer);
    }
  }

  /** Not on this thread, whose stack is too small for native graph optimisers. */
  private static void run(Trainer trainer) {
    Thread thread = trainer.thread();
    thread.start();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (trainer.status().phase() == TrainerStatus.Phase.FAILED) {
      throw new IllegalStateException(trainer.status().problem());
    }
  }

  private static Map<String, String> values(String[] arguments) throws IOException {
    Map<String, String> values = new TreeMap<>();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      if (equals > 0) {
        values.put(argument.substring(0, equals), argument.substring(equals + 1));
        continue;
      }
      Properties properties = new Properties();
      try (Reader reader = Files.newBufferedReader(Path.of(argument), StandardCharsets.UTF_8)) {
        properties.load(reader);
      }
      properties.stringPropertyNames().forEach(k -> values.put(k, properties.getProperty(k)));
    }
    return values;
  }
}
