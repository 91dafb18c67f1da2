package io.searchloop.streams;

import io.searchloop.policy.signing.TrustedKeys;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.privacy.Pseudonyms;
import io.searchloop.schemas.serde.Serdes;
import io.searchloop.search.engine.RetrievalChoice;
import io.searchloop.search.suggest.PastQuery;
import io.searchloop.streams.activation.ActivationListeners;
import io.searchloop.streams.activation.Activator;
import io.searchloop.streams.activation.KafkaChunks;
import io.searchloop.streams.activation.PolicyFeed;
import io.searchloop.streams.activation.PolicyIdentity;
import io.searchloop.streams.activation.PolicyLoader;
import io.searchloop.streams.activation.PolicySlot;
import io.searchloop.streams.activation.ReleaseReader;
import io.searchloop.streams.catalogue.CatalogueEpoch;
import io.searchloop.streams.catalogue.ServingCatalogue;
import io.searchloop.streams.control.ControlDesk;
import io.searchloop.streams.control.KafkaControlAppender;
import io.searchloop.streams.decision.CanaryTraffic;
import io.searchloop.streams.decision.CandidateSource;
import io.searchloop.streams.decision.Decider;
import io.searchloop.streams.decision.EngineOnlySampler;
import io.searchloop.streams.decision.Prompts;
import io.searchloop.streams.decision.RequestRandom;
import io.searchloop.streams.decision.Traffic;
import io.searchloop.streams.feed.ConsumerSettings;
import io.searchloop.streams.feed.KafkaContact;
import io.searchloop.streams.heads.HeadSet;
import io.searchloop.streams.http.HttpServer;
import io.searchloop.streams.http.HttpServices;
import io.searchloop.streams.http.WorkerHealth;
import io.searchloop.streams.inference.RewriteSampler;
import io.searchloop.streams.inference.SelfTest;
import io.searchloop.streams.lease.Lease;
import io.searchloop.streams.metrics.ServingMetrics;
import io.searchloop.streams.page.PageMaker;
import io.searchloop.streams.page.PageMerger;
import io.searchloop.streams.rules.RuleBook;
import io.searchloop.streams.signal.DecisionLog;
import io.searchloop.streams.signal.ProducerSettings;
import io.searchloop.streams.signal.SignalSender;
import io.searchloop.streams.slates.SlateMaker;
import io.searchloop.streams.slates.SlateStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;

/**
 * One serving worker, wired. Starting listens at once and becomes ready when a catalogue is indexed
 * and a policy serves; closing takes no new request, finishes those begun, sends what they logged,
 * and closes sessions last.
 */
public final class ServingWorker implements AutoCloseable {
  private static final long NONE = -1;

  private final ServingMetrics metrics = new ServingMetrics();
  private final PolicySlot active;
  private final PolicySlot candidate;
  private final PolicySlot reference;
  private final KafkaChunks chunks;
  private final PolicyFeed policies;
  private final RuleBook rules;
  private final ServingCatalogue catalogue;
  private final SignalSender signals;
  private final HeadQueryCounter heads;
  private final HeadSet strata;
  private final HeadCache headCache;
  private final EngineOnlySampler unseen;
  private final KafkaControlAppender decisions;
  private final HttpServer http;

  /**
   * Wires a worker that trusts whom its configuration names; {@link #start} starts it.
   *
   * @param bootstrapServers addresses of Kafka
   * @param serdes where schemas are
   * @param clock stamps decisions and measures deadlines
   * @param random seeds every request's sampling
   */
  public ServingWorker(
      ServingConfig config,
      Brokers bootstrapServers,
      Serdes serdes,
      InstantSource clock,
      RandomGenerator random) {
    this(
        config,
        RetrievalChoice.IN_PROCESS,
        bootstrapServers,
        serdes,
        config.trusted(),
        config.pastQueries(),
        clock,
        random);
  }

  /**
   * Wires a worker; {@link #start} starts it.
   *
   * @param retrieval what finds products
   * @param bootstrapServers addresses of Kafka
   * @param serdes where schemas are
   * @param trusted whose releases are served
   * @param past what shoppers asked before, for suggestions
   * @param clock stamps decisions and measures deadlines
   * @param random seeds every request's sampling
   */
  public ServingWorker(
      ServingConfig config,
      RetrievalChoice retrieval,
      Brokers bootstrapServers,
      Serdes serdes,
      TrustedKeys trusted,
      List<PastQuery> past,
      InstantSource clock,
      RandomGenerator random) {
    config.provider().require();
    rules = RuleBook.of(config.rulesFile(), metrics);
    ConsumerSettings consumers = new ConsumerSettings(bootstrapServers);
    RewriteSampler sampler = new RewriteSampler(config.sampler(), config.batching());
    SlateStore slates = new SlateStore(config.slates(), SlateMaker.fingerprint(sampler), metrics);
    active = new PolicySlot("active", clock, ActivationListeners.of(slates, metrics));
    candidate = new PolicySlot("candidate", clock, metrics);
    reference = new PolicySlot("reference", clock, metrics);
    chunks =
        new KafkaChunks(
            () -> consumers.seeker("policy-chunks"),
            serdes.of(Topics.POLICY_CHUNKS),
            config.chunkTimeout());
    PolicyLoader loader =
        new PolicyLoader(
            new ReleaseReader(chunks, trusted, clock),
            new SelfTest(config.sampler(), config.batchSize()),
            config.sessions(),
            clock,
            metrics);
    Activator activator = new Activator(loader, active, candidate, reference, metrics, clock);
    decisions =
        new KafkaControlAppender(
            () -> new ProducerSettings(bootstrapServers).decisions("policy-decisions"), serdes);
    CanaryTraffic canary =
        CanaryTraffic.of(
            () -> activator.status().head().candidate(),
            candidate,
            config.armSalt(),
            config.shadowShare());
    KafkaContact contact = new KafkaContact(clock, metrics);
    metrics.kafkaSilence(contact::silence);
    policies = new PolicyFeed(consumers, serdes, activator, contact);
    catalogue =
        new ServingCatalogue(
            config.search(), retrieval, rules, past, consumers, serdes, metrics, contact);
    signals =
        new SignalSender(
            new ProducerSettings(bootstrapServers).producer(),
            serdes,
            metrics,
            config.signalQueue(),
            config.drain());
    Pseudonyms pseudonyms = config.pseudonyms();
    DecisionLog decided = decision -> signals.append(pseudonyms.of(decision));
    heads = new HeadQueryCounter(config, bootstrapServers, serdes, clock);
    strata = new HeadSet(heads, config.headQueries(), config.headCount(), clock);
    Prompts prompts = new Prompts(catalogue);
    headCache =
        new HeadCache(
            config, consumers, serdes, slates, active, catalogue, prompts, strata, clock, random,
            metrics);
    CandidateSource candidates =
        new CandidateSource(prompts, sampler, slates, strata, headCache::missed, rules, metrics);
    unseen =
        new EngineOnlySampler(
            active,
            canary,
            candidates,
            decided,
            clock,
            metrics,
            engineOnlyThread(config.engineOnlyQueue()),
            config.drain());
    Decider decider =
        new Decider(
            new Traffic(config.arms(), config.modes(), strata, canary, config.exploration()),
            active,
            reference,
            candidates,
            config.deadline(),
            clock,
            new RequestRandom(random),
            metrics);
    PageMaker pages =
        new PageMaker(config.logQueryRanks(), new PageMerger(config.examinationCurve(), metrics));
    WorkerHealth health =
        new WorkerHealth(
            () -> policies.alive() && catalogue.alive() && headCache.alive(),
            () -> catalogue.indexed().isDone(),
            () -> active.identity().isPresent(),
            contact);
    http =
        new HttpServer(
            config.http(pseudonyms),
            new HttpServices(
                decider,
                decided,
                signals,
                catalogue,
                config.search(),
                rules,
                pages,
                unseen::submit,
                heads,
                health,
                activator::status,
                active,
                reference,
                new ControlDesk(decisions, activator, clock, () -> UUID.randomUUID().toString()),
                clock,
                metrics));
  }

  /** Starts every thread and listens. */
  public void start() {
    signals.start();
    rules.start();
    policies.start();
    catalogue.start();
    heads.start();
    strata.start();
    headCache.start();
    http.start();
  }

  /** The port it listens on. */
  public int port() {
    return http.port();
  }

  /**
   * Waits until a catalogue is indexed and a policy serves.
   *
   * @throws IllegalStateException when they are not in time
   */
  public void awaitReady(Duration timeout) throws InterruptedException {
    try {
      CompletableFuture.allOf(catalogue.indexed(), active.filled())
          .get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      throw new IllegalStateException(
          "Worker is not ready after %s: catalogue indexed %s, policy serving %s. Import a catalogue; promote a release; look at /v1/policy for rejections."
              .formatted(timeout, catalogue.indexed().isDone(), active.filled().isDone()),
          e);
    }
  }

  /** What it does and has done. */
  public WorkerStatus status() {
    Optional<PolicyIdentity> serving = active.identity();
    return new WorkerStatus(
        serving.map(PolicyIdentity::version).orElse(NONE),
        serving.map(PolicyIdentity::step).orElse(0L),
        serving.map(PolicyIdentity::lineage).orElse(NONE),
        reference.identity().map(PolicyIdentity::version).orElse(NONE),
        catalogue.acquire().map(ServingWorker::epoch).orElse(NONE),
        metrics.requests(),
        metrics.failures(),
        metrics.decisions(),
        metrics.fallbacks(),
        metrics.signalsLost(),
        metrics.activations().getOrDefault("active", 0L));
  }

  @Override
  public void close() {
    http.close();
    unseen.close();
    headCache.close();
    strata.close();
    heads.close();
    signals.close();
    decisions.close();
    policies.close();
    chunks.close();
    catalogue.close();
    rules.close();
    active.close();
    candidate.close();
    reference.close();
  }

  /** One thread and a bounded queue, so that learning takes no more than its share of a worker. */
  private static ExecutorService engineOnlyThread(int queue) {
    ThreadFactory daemons =
        task -> {
          Thread thread = new Thread(task, "engine-only");
          thread.setDaemon(true);
          return thread;
        };
    return new ThreadPoolExecutor(
        1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(queue), daemons);
  }

  private static long epoch(Lease<CatalogueEpoch> lease) {
    try (lease) {
      return lease.get().engine().epoch();
    }
  }
}
