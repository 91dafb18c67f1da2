package io.searchloop.app.launcher;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.dataset.GoldenQueries;
import io.searchloop.app.dataset.TrainingText;
import io.searchloop.app.report.ArmBoard;
import io.searchloop.app.report.PastSearches;
import io.searchloop.app.simulation.HttpStorefront;
import io.searchloop.app.simulation.KafkaStorefront;
import io.searchloop.app.simulation.Population;
import io.searchloop.app.simulation.PopulationCounts;
import io.searchloop.app.simulation.ScheduledTimeline;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.RewardTuple;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.log.TopicLog;
import io.searchloop.schemas.privacy.Pseudonyms;
import io.searchloop.schemas.serde.Serdes;
import io.searchloop.search.engine.Bm25;
import io.searchloop.search.engine.LuceneSearchEngine;
import io.searchloop.search.engine.Product;
import io.searchloop.search.query.ServedSearch;
import io.searchloop.streams.ServingWorker;
import io.searchloop.streams.WorkerStatus;
import io.searchloop.trainer.TrainerStatus;
import io.searchloop.trainer.publish.GoldenSet;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * The whole loop in one process: broker, registry, Flink with its three jobs, trainer, worker and
 * shoppers, each the same code as in production. All state lives in one directory; a second start
 * on it resumes.
 *
 * <p>{@link #start} brings everything up in the order of the flow and returns when shoppers may
 * come; {@link #openShop} lets them in; {@link #close} stops in reverse.
 */
public final class EmbeddedLoop implements AutoCloseable {
  private static final Duration READY = Duration.ofMinutes(2);
  private static final Duration READY_CHECK = Duration.ofSeconds(1);
  private static final Duration SHOPPER_PATIENCE = Duration.ofSeconds(5);

  private final Path dataDirectory;
  private final Path warmStarts;
  private final LoopSettings settings;
  private final Dataset dataset;
  private final InstantSource clock;
  private final Consumer<String> stages;
  private final Deque<AutoCloseable> started = new ArrayDeque<>();

  private final Platform platform;
  private final LoopKeys keys;
  private final EmbeddedFlink flink;
  private final EmbeddedTrainer trainer;
  private final ServingWorker worker;
  private final ArmBoard board = new ArmBoard();
  private final TopicLog<RewardTuple> rewards;
  private int flinkMetricsPort;
  private @org.jspecify.annotations.Nullable Population shoppers;

  private EmbeddedLoop(
      Path dataDirectory,
      Path warmStarts,
      LoopSettings settings,
      Dataset dataset,
      InstantSource clock,
      Consumer<String> stages) {
    this.dataDirectory = dataDirectory;
    this.warmStarts = warmStarts;
    this.settings = settings;
    this.dataset = dataset;
    this.clock = clock;
    this.stages = stages;
    try {
      platform = open(startPlatform());
      keys = LoopKeys.open(dataDirectory, bootstrapServers(), serdes());
      List<RewardConfig> rewards = publishFirstRecords();
      flink = open(startFlink(rewards));
      trainer = open(startTrainer());
      worker = open(startWorker());
      this.rewards = open(new TopicLog<>(Topics.REWARDS, bootstrapServers(), serdes()));
    } catch (RuntimeException | Error e) { // of missing native code too
      Closing.all(started);
      throw e;
    }
  }

  /**
   * Starts the loop up to the point where shoppers may come.
   *
   * @param dataDirectory holds all state
   * @param warmStarts cache of warm starts; no state, may be deleted
   * @param dataset what the shop sells and shoppers know
   * @param stages told what happens, for a person
   * @throws PortInUseException when a port is taken
   */
  public static EmbeddedLoop start(
      Path dataDirectory,
      Path warmStarts,
      LoopSettings settings,
      Dataset dataset,
      InstantSource clock,
      Consumer<String> stages) {
    return new EmbeddedLoop(dataDirectory, warmStarts, settings, dataset, clock, stages);
  }

  private Platform startPlatform() {
    stages.accept("Starting Kafka and the schema registry ...");
    Platform started = Platform.start(dataDirectory, settings);
    try {
      groundwork(started).layTopics(settings.loop().partitions()).forEach(stages);
    } catch (RuntimeException | Error e) {
      started.close();
      throw e;
    }
    return started;
  }

  private List<RewardConfig> publishFirstRecords() {
    return groundwork(platform).publish(dataset, settings.reward());
  }

  private static Groundwork groundwork(Platform platform) {
    return new Groundwork(platform.bootstrapServers(), platform.serdes());
  }

  private EmbeddedFlink startFlink(List<RewardConfig> rewards) {
    stages.accept("Starting Flink ...");
    int metricsPort =
        Ports.claim(settings.flinkMetrics().port(), "Flink's metrics", "--flink.metrics.port");
    EmbeddedFlink cluster =
        EmbeddedFlink.start(
            dataDirectory.resolve("flink"),
            settings.flink(),
            settings.flinkMetrics().reporter(metricsPort));
    flinkMetricsPort = metricsPort;
    try {
      new JobSubmission(cluster, settings, bootstrapServers(), serdes()).submitAll(rewards);
    } catch (RuntimeException | Error e) {
      cluster.close();
      throw e;
    }
    stages.accept(
        "Flink dashboard: "
            + cluster.dashboardUrl()
            + ", metrics: http://"
            + Ports.LOOPBACK
            + ":"
            + metricsPort);
    return cluster;
  }

  private EmbeddedTrainer startTrainer() {
    return EmbeddedTrainer.start(
        EmbeddedTrainer.directory(dataDirectory),
        warmStarts,
        settings,
        keys.signer(),
        TrainingText.of(dataset),
        goldenSet(),
        bootstrapServers(),
        serdes(),
        clock,
        stages);
  }

  private GoldenSet goldenSet() {
    int count = settings.loop().goldenQueries();
    if (count == 0) {
      return GoldenSet.NONE;
    }
    LuceneSearchEngine engine = open(LuceneSearchEngine.index(dataset.products(), 1, Bm25.DEFAULT));
    ServedSearch search = settings.serving().search().over(engine.vocabulary());
    return new GoldenQueries(dataset, engine, search, count);
  }

  private ServingWorker startWorker() {
    Ports.claim(settings.serving().port(), "serving worker", "--serving.port");
    ServingWorker serving =
        new ServingWorker(
            settings.serving(),
            settings.search().retrieval(settings.openSearch()),
            bootstrapServers(),
            serdes(),
            settings.serving().trustedKeys().isBlank()
                ? keys.trusted()
                : settings.serving().trusted(),
            settings.serving().suggestions().isBlank()
                ? PastSearches.of(dataset)
                : settings.serving().pastQueries(),
            clock,
            new SplittableRandom(servingSeed()));
    try {
      serving.start();
      awaitReady(serving);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      serving.close();
      throw new IllegalStateException("Interrupted while the worker got ready", e);
    } catch (RuntimeException | Error e) {
      serving.close();
      throw e;
    }
    stages.accept("Search: http://" + settings.serving().host() + ":" + serving.port());
    return serving;
  }

  /** Gives up as soon as the trainer does: without its first release there is nothing to serve. */
  private void awaitReady(ServingWorker serving) throws InterruptedException {
    Instant deadline = clock.instant().plus(READY);
    while (true) {
      try {
        serving.awaitReady(READY_CHECK);
        return;
      } catch (IllegalStateException notYet) {
        TrainerStatus status = trainer.status();
        if (status.phase() == TrainerStatus.Phase.FAILED) {
          throw new IllegalStateException("The trainer stopped: " + status.problem(), notYet);
        }
        if (clock.instant().isAfter(deadline)) {
          throw notYet;
        }
      }
    }
  }

  /** A second start must not draw the first start's rollouts again. */
  private long servingSeed() {
    long seed = settings.serving().randomSeed();
    return seed == 0 ? clock.millis() : seed;
  }

  /** Lets the simulated shoppers in; half of them send events over HTTP, half straight to Kafka. */
  public void openShop() {
    HttpStorefront http =
        new HttpStorefront(
            URI.create("http://" + settings.serving().host() + ":" + worker.port()),
            SHOPPER_PATIENCE);
    Pseudonyms pseudonyms = settings.serving().pseudonyms();
    KafkaStorefront both =
        open(
            KafkaStorefront.connect(
                http,
                bootstrapServers(),
                serdes(),
                "",
                event -> pseudonyms.of(event, clock.instant())));
    Population population =
        new Population(
            dataset,
            both,
            settings.shoppers(),
            new ScheduledTimeline(clock, settings.shoppers().threads()));
    shoppers = open(population);
    population.start();
  }

  /**
   * Replaces the catalogue while shoppers are in: workers search the new one as soon as they have
   * indexed it.
   */
  public void renewCatalogue(List<Product> products) {
    new FirstRecords(bootstrapServers(), serdes()).renewCatalogue(dataset.name(), products);
  }

  /** Sends the shoppers home; what they did stays on the topics. */
  public void closeShop() {
    if (shoppers != null) {
      shoppers.close();
    }
  }

  /** What shoppers did so far; empty before they came. */
  public Optional<PopulationCounts> shoppers() {
    return Optional.ofNullable(shoppers).map(Population::counts);
  }

  /** What the worker does. */
  public WorkerStatus worker() {
    return worker.status();
  }

  /** Port of the worker. */
  public int servingPort() {
    return worker.port();
  }

  /** Port of the trainer's metrics. */
  public int trainerMetricsPort() {
    return trainer.metricsPort();
  }

  /** Port of Flink's metrics, those of the jobs among them. */
  public int flinkMetricsPort() {
    return flinkMetricsPort;
  }

  /** What the trainer does. */
  public TrainerStatus trainer() {
    return trainer.status();
  }

  /** What the arms earned, up to date. Call from one thread. */
  public ArmBoard arms() {
    rewards.next().forEach(tuple -> board.add(tuple.value()));
    return board;
  }

  /** The cluster the jobs run on. */
  public EmbeddedFlink flink() {
    return flink;
  }

  public Brokers bootstrapServers() {
    return platform.bootstrapServers();
  }

  public Serdes serdes() {
    return platform.serdes();
  }

  @Override
  public void close() {
    Closing.all(started);
  }

  private <T extends AutoCloseable> T open(T resource) {
    started.push(resource);
    return resource;
  }
}
