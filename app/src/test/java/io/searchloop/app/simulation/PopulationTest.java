package io.searchloop.app.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.dataset.GeneratedMarketplace;
import io.searchloop.app.dataset.JudgedQuery;
import io.searchloop.app.dataset.MarketplaceConfig;
import io.searchloop.app.dataset.Split;
import io.searchloop.schemas.SearchEvent;
import io.searchloop.schemas.config.ConfigBinder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PopulationTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final Dataset DATASET =
      GeneratedMarketplace.generate(ConfigBinder.defaults(MarketplaceConfig.class));
  private static final Map<String, JudgedQuery> BY_TEXT =
      DATASET.queries().stream().collect(Collectors.toMap(JudgedQuery::text, query -> query));
  private static final Function<String, List<String>> PERFECT_PAGES =
      text -> DATASET.relevant(BY_TEXT.get(text)).stream().limit(10).toList();

  private final FakeStorefront shop = new FakeStorefront(PERFECT_PAGES);
  private final VirtualTimeline timeline = new VirtualTimeline(NOON);

  @Test
  void searchesAtTheConfiguredRate() {
    PopulationCounts counts = shopFor(Duration.ofMinutes(5), "searches-per-second", "20");

    assertThat(counts.searches()).isCloseTo(6000, within(400L));
    assertThat((double) counts.searches() / counts.sessions()).isCloseTo(2, within(.1));
    assertThat(counts.skippedSessions() + counts.failedSearches()).isZero();
  }

  @Test
  void typesTrainQueriesByPopularityAndNeverTestQueries() {
    shopFor(Duration.ofMinutes(5), "searches-per-second", "20");

    Set<String> typed = new HashSet<>(shop.queries());
    assertThat(typed).allMatch(text -> DATASET.split().of(text) == Split.TRAIN);
    List<JudgedQuery> train = DATASET.queries(Split.TRAIN);
    double total = train.stream().mapToDouble(JudgedQuery::popularity).sum();
    long head = shop.queries().stream().filter(train.get(0).text()::equals).count();
    assertThat((double) head / shop.queries().size())
        .isCloseTo(train.get(0).popularity() / total, within(.02));
  }

  @Test
  void typesOnlyTheMostPopularQueriesWhenAskedTo() {
    shopFor(Duration.ofMinutes(2), "queries", "5");

    assertThat(Set.copyOf(shop.queries()))
        .isEqualTo(
            DATASET.queries(Split.TRAIN).subList(0, 5).stream()
                .map(JudgedQuery::text)
                .collect(Collectors.toSet()));
  }

  @Test
  void deliversEveryActionAndCountsIt() {
    PopulationCounts counts = shopFor(Duration.ofMinutes(5));

    assertThat(counts.sentByAction())
        .containsOnlyKeys("query", "impression", "click", "add_to_cart", "purchase", "refund")
        .allSatisfy(
            (action, count) ->
                assertThat(shop.events().filter(e -> e.getActionName().equals(action)).count())
                    .isEqualTo(count));
    assertThat(counts.droppedEvents()).isZero();
    assertThat(counts.sentEvents())
        .isLessThanOrEqualTo(counts.plannedEvents() + counts.duplicates());
  }

  @Test
  void buysMoreWhereBetterProductsAreShown() {
    PopulationCounts good = shopFor(Duration.ofMinutes(3));
    FakeStorefront junk = new FakeStorefront(text -> List.of("x1", "x2", "x3"));
    VirtualTimeline junkTime = new VirtualTimeline(NOON);
    Population population = new Population(DATASET, junk, ShopperConfigs.with(), junkTime);
    population.start();
    junkTime.pass(Duration.ofMinutes(3));

    PopulationCounts bad = population.counts();

    assertThat(good.sentByAction().get("click")).isGreaterThan(5 * bad.sentByAction().get("click"));
    assertThat(bad.sentByAction()).doesNotContainKeys("add_to_cart", "purchase");
  }

  @Test
  void letsInAsManyRobotsAsItIsTold() {
    PopulationCounts counts = shopFor(Duration.ofMinutes(5), "robot-share", "0.1");

    assertThat(counts.robots() / (double) counts.sessions()).isCloseTo(.1, within(.02));
    assertThat(shopFor(Duration.ofMinutes(1)).robots()).isZero();
  }

  @Test
  void repeatsItselfForEqualSeeds() {
    shopFor(Duration.ofMinutes(1));
    FakeStorefront again = new FakeStorefront(PERFECT_PAGES);
    VirtualTimeline sameTime = new VirtualTimeline(NOON);
    Population second = new Population(DATASET, again, ShopperConfigs.with(), sameTime);
    second.start();
    sameTime.pass(Duration.ofMinutes(1));

    assertThat(again.queries()).isEqualTo(shop.queries());
    assertThat(again.events().toList()).isEqualTo(shop.events().toList());
  }

  @Test
  void neverReusesIdsOfAnEarlierRun() {
    shopFor(Duration.ofSeconds(20));
    Set<String> earlier = shop.events().map(SearchEvent::getEventId).collect(Collectors.toSet());
    FakeStorefront later = new FakeStorefront(PERFECT_PAGES);
    VirtualTimeline nextDay = new VirtualTimeline(NOON.plus(Duration.ofDays(1)));
    new Population(DATASET, later, ShopperConfigs.with(), nextDay).start();
    nextDay.pass(Duration.ofSeconds(20));

    assertThat(later.events().map(SearchEvent::getEventId))
        .isNotEmpty()
        .noneMatch(earlier::contains);
  }

  @Test
  void countsFailedSearchesAndGoesOn() {
    Population population = new Population(DATASET, shop, ShopperConfigs.with(), timeline);
    population.start();
    shop.setDown(true);
    timeline.pass(Duration.ofSeconds(10));
    shop.setDown(false);
    timeline.pass(Duration.ofSeconds(10));

    PopulationCounts counts = population.counts();

    assertThat(counts.failedSearches()).isGreaterThan(100);
    assertThat(counts.searches()).isGreaterThan(100);
  }

  @Test
  void stopsWhenClosed() {
    Population population = new Population(DATASET, shop, ShopperConfigs.with(), timeline);
    population.start();
    timeline.pass(Duration.ofSeconds(10));

    population.close();
    long searches = population.counts().searches();
    timeline.pass(Duration.ofSeconds(10));

    assertThat(timeline.isClosed()).isTrue();
    assertThat(population.counts().searches()).isEqualTo(searches);
  }

  @Test
  void runsOnRealThreadsAndStopsThem() throws InterruptedException {
    CountDownLatch searches = new CountDownLatch(50);
    List<SearchEvent> received = new ArrayList<>();
    StorefrontClient real =
        new StorefrontClient() {
          @Override
          public SearchPage search(String query, String clientId, String sessionId) {
            searches.countDown();
            return new SearchPage("q-" + clientId, "", 1, PERFECT_PAGES.apply(query));
          }

          @Override
          public void send(List<SearchEvent> events) {
            received.addAll(events);
          }
        };
    Population population =
        new Population(
            DATASET,
            real,
            ShopperConfigs.with("searches-per-second", "1000"),
            new ScheduledTimeline(InstantSource.system(), 4));

    population.start();
    boolean enough = searches.await(20, TimeUnit.SECONDS);
    population.close();
    long atClose = population.counts().searches();

    assertThat(enough).isTrue();
    assertThat(received).hasSize((int) population.counts().sentEvents()).isNotEmpty();
    assertThat(population.counts().searches()).isEqualTo(atClose);
  }

  private PopulationCounts shopFor(Duration duration, String... settings) {
    Population population = new Population(DATASET, shop, ShopperConfigs.with(settings), timeline);
    population.start();
    timeline.pass(duration);
    return population.counts();
  }
}
