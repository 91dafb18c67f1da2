package io.searchloop.streams;

import io.searchloop.policy.signing.TrustedKeys;
import io.searchloop.schemas.config.ConfigBinder;
import io.searchloop.search.suggest.PastQuery;
import io.searchloop.streams.catalogue.RetrievalChoice;
import io.searchloop.streams.rules.RulesFile;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts one worker from {@code key=value} arguments and property files, later ones winning: {@code
 * ServingMain worker.properties serving.port=8090}.
 */
public final class ServingMain {
  private static final Logger log = LoggerFactory.getLogger(ServingMain.class);
  private static final int USAGE = 2;

  private ServingMain() {}

  /** Runs until the process is told to end. */
  public static void main(String[] args) throws IOException, InterruptedException {
    ServingConfig config;
    KafkaConfig kafka;
    RetrievalChoice retrieval;
    TrustedKeys trusted;
    List<PastQuery> past;
    try {
      ConfigBinder binder = new ConfigBinder(settings(args));
      config = binder.bind("serving", ServingConfig.class);
      kafka = binder.bind("kafka", KafkaConfig.class);
      SearchConfig search = binder.bind("search", SearchConfig.class);
      OpenSearchConfig openSearch = binder.bind("search.opensearch", OpenSearchConfig.class);
      binder.finish();
      retrieval = search.retrieval(openSearch);
      trusted = config.trusted();
      past = config.pastQueries();
      config.rulesFile().ifPresent(RulesFile::read); // the worker reads it for itself
    } catch (IllegalArgumentException e) { // of the settings, or of a file they name
      System.err.println(e.getMessage());
      System.exit(USAGE);
      return;
    }
    ServingWorker worker =
        new ServingWorker(
            config,
            retrieval,
            kafka.bootstrapServers(),
            kafka.serdes(),
            trusted,
            past,
            InstantSource.system(),
            random(config));
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  worker.close();
                  ended.countDown();
                },
                "shutdown"));
    worker.start();
    log.info("Worker listens: host={} port={}", config.host(), worker.port());
    ended.await();
  }

  /** Settings of the arguments, later ones winning. */
  static Map<String, String> settings(String... args) throws IOException {
    Map<String, String> settings = new TreeMap<>();
    for (String arg : args) {
      int equals = arg.indexOf('=');
      if (equals > 0) {
        settings.put(arg.substring(0, equals), arg.substring(equals + 1));
      } else {
        Properties file = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of(arg))) {
          file.load(reader);
        }
        file.stringPropertyNames().forEach(key -> settings.put(key, file.getProperty(key)));
      }
    }
    return settings;
  }

  private static RandomGenerator random(ServingConfig config) {
    return config.randomSeed() == 0
        ? new SecureRandom()
        : new SplittableRandom(config.randomSeed());
  }
}
