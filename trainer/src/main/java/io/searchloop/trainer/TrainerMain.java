package io.searchloop.trainer;

import io.searchloop.policy.signing.ReleaseSigner;
import io.searchloop.schemas.client.ClientConfig;
import io.searchloop.schemas.config.Arguments;
import io.searchloop.schemas.config.ConfigBinder;
import io.searchloop.schemas.config.InvalidConfigurationException;
import io.searchloop.schemas.config.LogFormat;
import io.searchloop.trainer.metrics.MetricsConfig;
import io.searchloop.trainer.metrics.MetricsServer;
import io.searchloop.trainer.publish.GateSettings;
import io.searchloop.trainer.publish.GoldenSet;
import io.searchloop.trainer.publish.SigningSettings;
import io.searchloop.trainer.warmstart.WarmStart;
import io.searchloop.trainer.warmstart.WarmStartDirectory;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
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

  private TrainerMain() {}

  public static void main(String[] arguments) {
    System.exit(run(arguments, System.err));
  }

  private static int run(String[] arguments, PrintStream err) {
    try {
      LogFormat.of(System.getenv());
      ConfigBinder binder = new ConfigBinder(Arguments.read(arguments));
      TrainerMainConfig main = binder.bind("main", TrainerMainConfig.class);
      TrainerConfig config = binder.bind("trainer", TrainerConfig.class);
      GateSettings gate = binder.bind("trainer.gate", GateSettings.class);
      SigningSettings signing = binder.bind("trainer", SigningSettings.class);
      MetricsConfig metrics = binder.bind("trainer.metrics", MetricsConfig.class);
      binder.finish();
      train(main, ClientConfig.of(main.clientConfig()), config, gate, signing.signer(), metrics);
      return 0;
    } catch (InvalidConfigurationException e) {
      err.println(e.getMessage());
      return BAD_USAGE;
    } catch (RuntimeException e) {
      err.println("Trainer stopped: " + e.getMessage());
      return FAILED;
    }
  }

  private static void train(
      TrainerMainConfig main,
      ClientConfig clients,
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
                clients.brokers(main.bootstrapServers()),
                clients.serdes(main.registryUrl(), main.registerSchemas()),
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
}
