package io.searchloop.streams.http;

import io.searchloop.policy.sampling.SamplerSettings;
import io.searchloop.schemas.PolicyControl;
import io.searchloop.schemas.access.Users;
import io.searchloop.schemas.privacy.Pseudonyms;
import io.searchloop.search.engine.Bm25;
import io.searchloop.search.engine.LuceneSearchEngine;
import io.searchloop.search.engine.Product;
import io.searchloop.search.merging.ExaminationCurve;
import io.searchloop.search.query.SearchRule;
import io.searchloop.search.suggest.PastQuery;
import io.searchloop.streams.catalogue.Catalogue;
import io.searchloop.streams.catalogue.CatalogueEpoch;
import io.searchloop.streams.control.ControlAppender;
import io.searchloop.streams.control.ControlDesk;
import io.searchloop.streams.decision.ArmAssignment;
import io.searchloop.streams.decision.CandidateSource;
import io.searchloop.streams.decision.Decider;
import io.searchloop.streams.decision.EngineOnlySearch;
import io.searchloop.streams.decision.ModeMix;
import io.searchloop.streams.decision.Prompts;
import io.searchloop.streams.decision.RequestRandom;
import io.searchloop.streams.decision.Traffic;
import io.searchloop.streams.feed.KafkaContact;
import io.searchloop.streams.heads.HeadQuery;
import io.searchloop.streams.heads.Stratum;
import io.searchloop.streams.inference.RewriteSampler;
import io.searchloop.streams.lease.CountedResource;
import io.searchloop.streams.page.PageMaker;
import io.searchloop.streams.page.PageMerger;
import io.searchloop.streams.rules.RuleBook;
import io.searchloop.streams.testing.Slots;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/** A worker's server upon a shop of three products, with its Kafka, clock and settings in reach. */
final class TestedServer implements AutoCloseable {
  static final String SEARCH = "{\"query\":\"red shoes\",\"client_id\":\"c\",\"limit\":2}";

  final RecordingLog log = new RecordingLog();
  final Slots slots = Slots.empty();
  final CatalogueEpoch epoch =
      CatalogueEpoch.of(
          LuceneSearchEngine.index(
              List.of(
                  product("p1", "red shoes", "Feet > Shoes"),
                  product("p2", "red socks", "Feet > Socks"),
                  product("p3", "hat", "")),
              7,
              Bm25.DEFAULT),
          SearchRule.DEFAULT,
          List.of(new PastQuery("red shoes", 7, 1), new PastQuery("red socks", 3, 0)));
  final CountedResource<CatalogueEpoch> shop = new CountedResource<>(epoch, epoch::close);
  final BlockingQueue<EngineOnlySearch> unseen = new LinkedBlockingQueue<>();
  final AtomicLong nextOffset = new AtomicLong(2);
  volatile Catalogue catalogue = shop::acquire;
  volatile ControlAppender controlLog = this::append;
  volatile boolean live = true;
  volatile Instant now = Instant.EPOCH;
  volatile InstantSource clock = InstantSource.system();
  final KafkaContact kafka = new KafkaContact(() -> now, slots.metrics);

  // Read when a server starts.
  volatile boolean control = true;
  volatile Optional<Users> users = Optional.empty();
  RuleBook rules = RuleBook.of(Optional.empty(), slots.metrics);
  Pseudonyms pseudonyms = Pseudonyms.NONE;

  private final HttpClient client = HttpClient.newHttpClient();
  private HttpServer server = server(ModeMix.ASSIGNED_ONLY);

  void start() {
    server.start();
  }

  /** Goes on as a server with the settings of now. */
  void restart(ModeMix modes) {
    server.close();
    server = server(modes);
    server.start();
  }

  int port() {
    return server.port();
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  HttpResponse<String> get(String path) throws Exception {
    return send(HttpRequest.newBuilder(uri(path)));
  }

  HttpResponse<String> post(String path, String body) throws Exception {
    return send(
        HttpRequest.newBuilder(uri(path))
            .POST(BodyPublishers.ofString(body, StandardCharsets.UTF_8)));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  CompletableFuture<HttpResponse<String>> sendLater(HttpRequest.Builder request) {
    return client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() {
    server.close();
    slots.close();
    shop.retire();
  }

  /** Stores and folds a decision, as Kafka and the policy feed do. */
  CompletableFuture<Long> append(PolicyControl decision) {
    long offset = nextOffset.getAndIncrement();
    slots.activator.control(offset, decision);
    slots.activator.settle();
    return CompletableFuture.completedFuture(offset);
  }

  private HttpServer server(ModeMix modes) {
    return new HttpServer(settings(), services(decider(modes)));
  }

  private HttpSettings settings() {
    return new HttpSettings(
        "127.0.0.1",
        0,
        2,
        2,
        10,
        Duration.ofMillis(500),
        Origins.of("https://shop.example"),
        pseudonyms,
        control,
        users,
        Duration.ofSeconds(10));
  }

  private HttpServices services(Decider decider) {
    PageMaker pages =
        new PageMaker(true, new PageMerger(ExaminationCurve.logarithmic(10), slots.metrics));
    WorkerHealth health =
        new WorkerHealth(() -> live, () -> true, () -> slots.active.identity().isPresent(), kafka);
    return new HttpServices(
        decider,
        log,
        log,
        () -> catalogue.acquire(),
        SearchRule.DEFAULT,
        rules,
        pages,
        unseen::add,
        limit -> Optional.of(List.of(new HeadQuery("red shoes", "", 9))),
        health,
        slots.activator::status,
        slots.active,
        slots.reference,
        new ControlDesk(
            decision -> controlLog.append(decision),
            slots.activator,
            InstantSource.system(),
            () -> "order-" + nextOffset),
        () -> clock.instant(),
        slots.metrics);
  }

  private Decider decider(ModeMix modes) {
    Traffic traffic =
        new Traffic(
            new ArmAssignment(0, 0, ""),
            modes,
            query -> query.startsWith("red") ? Stratum.TAIL : Stratum.HEAD);
    CandidateSource candidates =
        new CandidateSource(
            new Prompts(Optional::empty),
            new RewriteSampler(new SamplerSettings(2, 1)),
            slots.slates,
            traffic.strata(),
            missed -> {},
            rules,
            slots.metrics);
    return new Decider(
        traffic,
        slots.active,
        slots.reference,
        candidates,
        Duration.ofSeconds(30),
        InstantSource.system(),
        new RequestRandom(new SplittableRandom(1)),
        slots.metrics);
  }

  private static Product product(String id, String title, String category) {
    return new Product(id, title, "", category, "", Map.of());
  }
}
