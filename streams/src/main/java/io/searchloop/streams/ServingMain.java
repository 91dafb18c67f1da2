package io.searchloop.streams;

import io.searchloop.policy.signing.TrustedKeys;
import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.client.KafkaConfig;
import io.searchloop.schemas.config.Arguments;
import io.searchloop.schemas.config.ConfigBinder;
import io.searchloop.schemas.config.LogFormat;
import io.searchloop.schemas.privacy.Pseudonyms;
import io.searchloop.schemas.serde.Serdes;
import io.searchloop.search.config.OpenSearchConfig;
import io.searchloop.search.config.SearchConfig;
import io.searchloop.search.engine.RetrievalChoice;
import io.searchloop.search.suggest.PastQuery;
import io.searchloop.streams.rules.RulesFile;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts one worker from arguments and property files, later ones winning: {@code ServingMain
 * worker.properties serving.port=8090}.
 */
public final class ServingMain {
  private static final Logger log = LoggerFactory.getLogger(ServingMain.class);
  private static final int FAILED = 1;
  private static final int USAGE = 2;

  private ServingMain() {}

  /** Runs until the process is told to end. */
  public static void main(String[] args) throws InterruptedException {
    ServingConfig config;
    Brokers brokers;
    Serdes serdes;
    RetrievalChoice retrieval;
    TrustedKeys trusted;
    List<PastQuery> past;
    try {
      LogFormat.of(System.getenv());
      ConfigBinder binder = new ConfigBinder(Arguments.read(args));
      config = binder.bind("serving", ServingConfig.class);
      KafkaConfig kafka = binder.bind("kafka", KafkaConfig.class);
      SearchConfig search = binder.bind("search", SearchConfig.class);
      OpenSearchConfig openSearch = binder.bind("search.opensearch", OpenSearchConfig.class);
      binder.finish();
      brokers = kafka.brokers();
      serdes = kafka.serdes();
      retrieval = search.retrieval(openSearch);
      trusted = config.trusted();
      past = config.pastQueries();
      Pseudonyms unused = config.pseudonyms(); // the worker reads it for itself
      config.people(); // the worker reads them for itself
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
            brokers,
            serdes,
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
    try {
      worker.start();
    } catch (RuntimeException e) { // Kafka Streams' thread would keep the process alive
      log.error("The worker did not start: {}", e.getMessage(), e);
      System.exit(FAILED);
    }
    log.info("Worker listens: host={} port={}", config.host(), worker.port());
    ended.await();
  }

  private static RandomGenerator random(ServingConfig config) {
    return config.randomSeed() == 0
        ? new SecureRandom()
        : new SplittableRandom(config.randomSeed());
  }
}
