package io.searchloop.streams;

import io.searchloop.policy.sampling.SamplerSettings;
import io.searchloop.policy.signing.TrustedKeys;
import io.searchloop.schemas.access.Hosts;
import io.searchloop.schemas.access.Users;
import io.searchloop.schemas.config.Setting;
import io.searchloop.schemas.privacy.Pseudonyms;
import io.searchloop.search.engine.Combination;
import io.searchloop.search.merging.ExaminationCurve;
import io.searchloop.search.merging.FusionWeights;
import io.searchloop.search.query.SearchRule;
import io.searchloop.search.suggest.PastQuery;
import io.searchloop.search.suggest.PastQueryFile;
import io.searchloop.streams.decision.ArmAssignment;
import io.searchloop.streams.decision.Exploration;
import io.searchloop.streams.decision.ModeMix;
import io.searchloop.streams.http.HttpSettings;
import io.searchloop.streams.http.Origins;
import io.searchloop.streams.inference.BatchSettings;
import io.searchloop.streams.inference.Provider;
import io.searchloop.streams.inference.SessionSettings;
import io.searchloop.streams.rules.RulesFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Settings of a serving worker, under {@code serving}. */
public record ServingConfig(
    @Setting(value = "8080", help = "HTTP port; 0 for any free one") int port,
    @Setting(value = "127.0.0.1", help = "address to listen on") String host,
    @Setting(value = "0.05", help = "share of visitors whose queries are never rewritten")
        double holdoutShare,
    @Setting(value = "0", help = "share of visitors served by the warm start")
        double referenceShare,
    @Setting(value = "searchloop", help = "another salt assigns all visitors anew") String armSalt,
    @Setting(value = "4", help = "rollouts sampled per query") int candidates,
    @Setting(value = "1.0", help = "softmax temperature of the sampler") double temperature,
    @Setting(
            value = "0",
            help = "share of policy requests that are sampled at the exploration temperature")
        double explorationShare,
    @Setting(value = "1.5", help = "softmax temperature of requests that explore")
        double explorationTemperature,
    @Setting(value = "union", help = "union adds a rewrite to the query, replace searches it alone")
        Combination combination,
    @Setting(value = "true", help = "join the spelling checker to every union, rewritten or not")
        boolean spelling,
    @Setting(value = "0.7", help = "weight of a word that only the spelling checker has")
        double correctionWeight,
    @Setting(value = "0.35", help = "weight of a word that only a rewrite has, in a union")
        double rewriteWeight,
    @Setting(
            value = "",
            help = "file of past queries to suggest, as ./searchloop suggestions writes it")
        String suggestions,
    @Setting(
            value = "",
            help = "file of the shop's rules above every policy, read again when it changes")
        String rules,
    @Setting(value = "10", help = "results of a search that names no limit") int results,
    @Setting(value = "PT0.5S", help = "time after which a query is answered without a rewrite")
        Duration deadline,
    @Setting(value = "16", help = "requests answered at once") int requestThreads,
    @Setting(value = "64", help = "requests that may wait; more are told to come back")
        int maxQueued,
    @Setting(value = "1", help = "threads that share one operator of a session")
        int inferenceThreads,
    @Setting(value = "32", help = "rollouts decoded together, of all requests for one version")
        int batchSize,
    @Setting(value = "PT0S", help = "how long a batch waits for company; zero delays nobody")
        Duration batchWait,
    @Setting(value = "0", help = "batches decoded at once; 0 for one per core") int batches,
    @Setting(value = "cpu", help = "what runs the policy: cpu, or cuda in a build with -Pcuda")
        Provider provider,
    @Setting(value = "10000", help = "records that may wait for Kafka; more are lost and counted")
        int signalQueue,
    @Setting(value = "PT5S", help = "how long a batch of events waits for Kafka")
        Duration eventTimeout,
    @Setting(
            value = "PT1S",
            help = "how long decisions wait for a release's chunks before it is tried again later")
        Duration chunkTimeout,
    @Setting(
            value = "",
            help = "file of the keys whose releases are served; unsigned serves whatever comes")
        String trustedKeys,
    @Setting(value = "PT10M", help = "tumbling window of the head-query counts")
        Duration headWindow,
    @Setting(value = "searchloop-serving", help = "Kafka Streams application id")
        String applicationId,
    @Setting(value = "streams", help = "Kafka Streams group protocol: streams or classic")
        String groupProtocol,
    @Setting(value = "PT10S", help = "how long closing waits for requests and records")
        Duration drain,
    @Setting(value = "0", help = "seed of arms and sampling; 0 draws a fresh one") long randomSeed,
    @Setting(
            value = "true",
            help = "log where each product stood without the rewrite: a second retrieval")
        boolean logQueryRanks,
    @Setting(
            value = "0",
            help =
                "share of policy requests shown one page of all rollouts; 0.1 at most is advised")
        double multileaveShare,
    @Setting(
            value = "0",
            help = "share of policy requests for tail queries that only the engine judges")
        double engineOnlyShare,
    @Setting(value = "64", help = "tail queries that may wait for the engine-only thread")
        int engineOnlyQueue,
    @Setting(
            value = "0.1",
            help = "share of requests that a release in its shadow stage is also sampled for")
        double shadowShare,
    @Setting(
            value = "",
            help = "examination of each position, such as 1,0.6,0.4; empty for 1/log2(1+position)")
        String examination,
    @Setting(value = "100", help = "most queries that count as head queries") int headQueries,
    @Setting(value = "3", help = "times a head query was asked in the last two head windows")
        long headCount,
    @Setting(
            value = "0",
            help = "most head queries in the cache, up to 600000; 0 samples every query anew")
        int slates,
    @Setting(value = "8", help = "rollouts in a slate") int slateSize,
    @Setting(value = "0.25", help = "share of one core that fills the cache of head queries")
        double slateCpuShare,
    @Setting(
            value = "false",
            help =
                "take rollbacks over HTTP, from operators among serving.users; without, on loopback")
        boolean controlOverHttp,
    @Setting(
            value = "",
            help = "origins of pages whose events are taken, such as https://shop.example,...")
        String eventOrigins,
    @Setting(
            value = "",
            help = "file of keys that turn visitors' names into pseudonyms, the same at every door")
        String pseudonymKeys,
    @Setting(
            value = "",
            help = "file of users who may look at the worker, as ./searchloop users add writes it")
        String users) {
  private static final int MAX_SLATES = 600_000;
  private static final int MAX_PORT = 65_535;
  private static final String UNSIGNED = "unsigned";
  private static final String WEIGHT = "above 0, below a million; a typed word has 1";

  public ServingConfig {
    require(port >= 0 && port <= MAX_PORT, "port", port, "0 to 65535");
    require(results >= 1, "results", results, "at least 1");
    require(requestThreads >= 1, "request-threads", requestThreads, "at least 1");
    require(maxQueued >= 1, "max-queued", maxQueued, "at least 1");
    require(inferenceThreads >= 1, "inference-threads", inferenceThreads, "at least 1");
    require(batchSize >= 1, "batch-size", batchSize, "at least 1");
    require(!batchWait.isNegative(), "batch-wait", batchWait, "zero or more");
    require(batches >= 0, "batches", batches, "0 for one per core, or how many");
    require(signalQueue >= 1, "signal-queue", signalQueue, "at least 1");
    require(FusionWeights.allow(correctionWeight), "correction-weight", correctionWeight, WEIGHT);
    require(FusionWeights.allow(rewriteWeight), "rewrite-weight", rewriteWeight, WEIGHT);
    require(positive(deadline), "deadline", deadline, "more than zero");
    require(positive(eventTimeout), "event-timeout", eventTimeout, "more than zero");
    require(positive(chunkTimeout), "chunk-timeout", chunkTimeout, "more than zero");
    require(positive(headWindow), "head-window", headWindow, "more than zero");
    require(
        groupProtocol.equals("streams") || groupProtocol.equals("classic"),
        "group-protocol",
        groupProtocol,
        "streams or classic");
    require(engineOnlyQueue >= 1, "engine-only-queue", engineOnlyQueue, "at least 1");
    require(headQueries >= 1, "head-queries", headQueries, "at least 1");
    require(headCount >= 1, "head-count", headCount, "at least 1");
    require(slates >= 0 && slates <= MAX_SLATES, "slates", slates, "0 for none, to 600000");
    require(slateSize >= 2, "slate-size", slateSize, "at least 2 rollouts to compare");
    require(shadowShare >= 0 && shadowShare <= 1, "shadow-share", shadowShare, "0 to 1");
    require(
        slateCpuShare > 0 && slateCpuShare <= 1,
        "slate-cpu-share",
        slateCpuShare,
        "above 0, at most 1");
    new ArmAssignment(holdoutShare, referenceShare, armSalt); // checks the shares
    new ModeMix(multileaveShare, engineOnlyShare); // checks the shares
    new SamplerSettings(candidates, temperature); // checks the sampler
    new Exploration(explorationShare, explorationTemperature); // checks the coin
    curve(examination, results); // checks the curve
    Origins.of(eventOrigins); // checks the origins
    if (controlOverHttp && users.isBlank() && !Hosts.loopback(host)) {
      throw new IllegalArgumentException(
          "control-over-http is true, host is %s and users is not set: whoever reaches the port could decide. Name a file that ./searchloop users add writes in serving.users, or listen on 127.0.0.1."
              .formatted(host));
    }
  }

  /**
   * Whose releases are served.
   *
   * @throws IllegalArgumentException when that is not said, or the file is none
   */
  public TrustedKeys trusted() {
    if (trustedKeys.isBlank()) {
      throw new IllegalArgumentException(
          "serving.trusted-keys is not set, expected the file that ./searchloop keys init writes. Where nobody else can write to Kafka, set it to unsigned.");
    }
    return trustedKeys.equals(UNSIGNED)
        ? TrustedKeys.UNSIGNED
        : TrustedKeys.read(Path.of(trustedKeys));
  }

  ArmAssignment arms() {
    return new ArmAssignment(holdoutShare, referenceShare, armSalt);
  }

  /** How queries are searched. */
  public SearchRule search() {
    return new SearchRule(
        combination,
        spelling,
        new FusionWeights(correctionWeight, rewriteWeight, FusionWeights.DEFAULT.expansion()));
  }

  /**
   * What shoppers asked before.
   *
   * @throws IllegalArgumentException when there is no such file, or it is none of past queries
   */
  public List<PastQuery> pastQueries() {
    return suggestions.isBlank() ? List.of() : PastQueryFile.read(Path.of(suggestions));
  }

  /** Where the shop's rules are; empty when it has none. */
  public Optional<RulesFile> rulesFile() {
    return rules.isBlank() ? Optional.empty() : Optional.of(new RulesFile(Path.of(rules)));
  }

  /**
   * What is put in the place of visitors' names.
   *
   * @throws IllegalArgumentException when there is no such file, or it is none of keys
   */
  public Pseudonyms pseudonyms() {
    return Pseudonyms.of(pseudonymKeys);
  }

  /**
   * Who may look at the worker and decide; empty where nobody is asked.
   *
   * @throws IllegalArgumentException when the file is none of users
   */
  public Optional<Users> people() {
    return users.isBlank() ? Optional.empty() : Optional.of(Users.read(Path.of(users)));
  }

  ModeMix modes() {
    return new ModeMix(multileaveShare, engineOnlyShare);
  }

  ExaminationCurve examinationCurve() {
    return curve(examination, results);
  }

  SamplerSettings sampler() {
    return new SamplerSettings(candidates, temperature);
  }

  Exploration exploration() {
    return new Exploration(explorationShare, explorationTemperature);
  }

  BatchSettings batching() {
    int atOnce = batches == 0 ? Runtime.getRuntime().availableProcessors() : batches;
    return new BatchSettings(batchSize, atOnce, batchWait);
  }

  SessionSettings sessions() {
    return new SessionSettings(inferenceThreads, provider);
  }

  HttpSettings http(Pseudonyms pseudonyms) {
    return new HttpSettings(
        host,
        port,
        requestThreads,
        maxQueued,
        results,
        eventTimeout,
        Origins.of(eventOrigins),
        pseudonyms,
        controlOverHttp,
        people(),
        drain);
  }

  private static ExaminationCurve curve(String text, int results) {
    if (text.isBlank()) {
      return ExaminationCurve.logarithmic(results);
    }
    try {
      return ExaminationCurve.of(
          Arrays.stream(text.split(","))
              .map(String::strip)
              .mapToDouble(Double::parseDouble)
              .toArray());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "examination is '%s', expected numbers with commas between, such as 1,0.6,0.4."
              .formatted(text),
          e);
    }
  }

  private static boolean positive(Duration duration) {
    return !duration.isNegative() && !duration.isZero();
  }

  private static void require(boolean condition, String key, Object found, String expected) {
    if (!condition) {
      throw new IllegalArgumentException("%s is %s, expected %s.".formatted(key, found, expected));
    }
  }
}
