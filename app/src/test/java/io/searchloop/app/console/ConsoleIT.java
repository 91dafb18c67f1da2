package io.searchloop.app.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import io.searchloop.app.cli.Main;
import io.searchloop.app.console.view.LoopConnection;
import io.searchloop.app.dataset.GeneratedMarketplace;
import io.searchloop.app.launcher.EmbeddedLoop;
import io.searchloop.app.launcher.LoopSettings;
import io.searchloop.app.launcher.SmallShop;
import io.searchloop.app.log.ControlWriter;
import io.searchloop.app.log.PolicyHistory;
import io.searchloop.app.log.RewardConfigLog;
import io.searchloop.policy.control.ControlLog;
import io.searchloop.policy.control.PolicyHead;
import io.searchloop.schemas.ControlAction;
import io.searchloop.schemas.PolicyControl;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.access.PasswordHash;
import io.searchloop.schemas.access.Role;
import io.searchloop.schemas.access.User;
import io.searchloop.schemas.access.Users;
import io.searchloop.testkit.Eventually;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every action of the console, clicked in a real browser on a loop that runs. The order saves time
 * only: a rollback leaves a lineage without releases to promote.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ConsoleIT {
  private static final Path SCREENSHOTS = Path.of("target", "console");
  private static final String PASSWORD = "correct horse battery staple";
  private static final int WIDE = 1280;
  private static final int NARROW = 390;
  private static final double REPLAY_MS = 300_000;

  @TempDir static Path directory;
  private static EmbeddedLoop loop;
  private static ConsoleServer console;
  private static Playwright playwright;
  private static Browser browser;

  @BeforeAll
  static void start() {
    Optional<Path> chromium =
        Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
            .map(Path::of)
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(chromium.isPresent(), "No browser in /usr/bin, expected chromium: apt install it");
    Map<String, String> values =
        SmallShop.values(
            6,
            Map.of(
                "console.port", "0",
                "shoppers.searches-per-second", "40",
                "trainer.warm-start.steps", "60",
                "trainer.gate.min-validity", "0.01",
                "trainer.gate.min-sampled-validity", "0.01"));
    LoopSettings settings = LoopSettings.of(values, false);
    InstantSource clock = InstantSource.system();
    loop =
        EmbeddedLoop.start(
            directory.resolve("data"),
            directory.resolve("warm-starts"),
            settings,
            GeneratedMarketplace.generate(settings.marketplace()),
            clock,
            stage -> {});
    console =
        ConsoleServer.start(
            settings.console(),
            new LoopConnection(loop.bootstrapServers(), loop.serdes()),
            ConsoleHome.here(directory.resolve("data"), Main.class, values),
            clock);
    loop.openShop();
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(chromium.get())
                    .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage")));
    awaitThat(() -> loop.worker().step() > 0);
  }

  @AfterAll
  static void stop() throws Exception {
    for (AutoCloseable part : new AutoCloseable[] {playwright, console, loop}) {
      if (part != null) {
        part.close();
      }
    }
  }

  @Test
  @Order(1)
  void showsTheLoopOnWideAndNarrowScreensByDayAndByNight() {
    for (int width : new int[] {WIDE, NARROW}) {
      for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
        try (WatchedPage page = open(width, scheme)) {
          page.awaitVisible("[data-stage=releases] .spark");
          page.awaitText("#head", "serves");
          page.awaitVisible("#timeline .dot.active");
          page.awaitText("#chosen", "Guardrails of the release gate");
          page.awaitText("#chosen", "at least");
          page.awaitVisible("#reward-chart canvas");
          PlaywrightAssertions.assertThat(page.at("#arms tbody tr")).hasCount(3);
          page.awaitText("#configs", "in force");
          page.awaitVisible("#examples > li q");
          assertThat(page.overflow()).as("pixels too wide at %d", width).isZero();
          page.screenshot(SCREENSHOTS.resolve(width + "-" + scheme + ".png"));
        }
      }
    }
  }

  @Test
  @Order(2)
  void freezesUnlessSomebodyElseDecidedMeanwhile() {
    try (WatchedPage page = open(WIDE, ColorScheme.LIGHT)) {
      page.at("#freeze").click();
      page.at("#ask-yes").click();
      page.awaitText("#ask-problem", "Say who you are and why");
      page.confirm();
      page.awaitText("#said", "Promotions are frozen.");
      page.awaitText("#head", "promotions are frozen");
      assertThat(head().frozen()).isTrue();
      assertThat(newest(ControlAction.FREEZE).getWho()).isEqualTo("anna");
      assertThat(newest(ControlAction.FREEZE).getWhy()).isEqualTo("as tested");

      page.awaitText("#freeze", "Unfreeze promotions");
      page.at("#freeze").click();
      decideAsBen(ControlAction.UNFREEZE);
      page.confirm();
      page.awaitText("#ask-problem", "ben decided UNFREEZE meanwhile");
      page.forgive(409);
      page.at("#ask-no").click();
      assertThat(newest(ControlAction.UNFREEZE).getWho()).isEqualTo("ben");
    }
  }

  @Test
  @Order(3)
  void schedulesARewardChangeAfterAPreview() {
    try (WatchedPage page = open(WIDE, ColorScheme.LIGHT)) {
      page.at("#config-click").fill("much");
      page.at("#config-form [type=submit]").click();
      page.awaitText("#preview", "much");
      page.forgive(400);

      page.at("#config-click").fill("2");
      page.at("[name=effective_from]").fill("PT5M");
      page.at("#config-form [type=submit]").click();
      page.awaitText("#preview", "click: 1.0 → 2.0");
      assertThat(configs()).hasSize(1);

      page.at("#schedule").click();
      page.awaitText("#said", "The new configuration is in force from");
      PlaywrightAssertions.assertThat(page.at("#configs li")).hasCount(2);
      assertThat(configs()).hasSize(2);
      assertThat(configs().get(1).getClick()).isEqualTo(2);
    }
  }

  @Test
  @Order(4)
  void tracesASearchFromItsExample() {
    try (WatchedPage page = open(NARROW, ColorScheme.LIGHT)) {
      page.awaitVisible("#examples button");
      page.at("#pause").click();
      page.at("#examples button").first().click();
      page.awaitText("#traced", "Decided");
      page.awaitText("#traced", "Happened");
      page.awaitText("#traced", "click");

      page.at("#trace-form input").fill("unheard-of");
      page.at("#trace-form button").click();
      page.awaitText("#traced", "No decision has the id unheard-of");
      page.forgive(404);
    }
  }

  @Test
  @Order(5)
  void promotesAnOlderReleaseAndTriesOneOnAShare() {
    awaitThat(() -> ofThisLineage().size() >= 2);
    try (WatchedPage page = open(WIDE, ColorScheme.LIGHT)) {
      long version = ofThisLineage().get(0);
      page.at("[data-key=v" + version + "]").click();
      page.at("[data-key=promote]").click();
      page.confirm();
      page.awaitText("#said", "Promoted version " + version);
      assertThat(newest(ControlAction.PROMOTE).getPolicyVersion()).isEqualTo(version);

      long other = ofThisLineage().get(0);
      page.at("[data-key=v" + other + "]").click();
      page.at("[data-key=canary]").click();
      page.at("#ask [name=percent]").fill("10");
      page.confirm();
      page.awaitText("#said", "Version " + other + " is on trial");
      assertThat(newest(ControlAction.CANARY).getPercent()).isEqualTo(10);
    }
  }

  @Test
  @Order(6)
  void rollsBackWithTheKeyboardAlone() {
    try (WatchedPage page = open(WIDE, ColorScheme.DARK)) {
      page.awaitVisible("#timeline .dot.chosen");
      page.at("#timeline .dot.chosen").focus();
      page.press("Home");
      long first = history().releases().get(0).version();
      page.awaitText("#chosen h3", "Version " + first);
      page.press("Tab");
      page.awaitFocus("[data-key=rollback]");
      page.press("Enter");
      page.awaitFocus("#ask [name=who]");
      page.type("anna");
      page.press("Tab");
      page.type("as tested");
      page.press("Tab");
      page.press("Tab");
      page.press("Enter");
      page.awaitText("#said", "Rolled back to version " + first);

      PolicyControl rollback = newest(ControlAction.ROLLBACK);
      assertThat(rollback.getPolicyVersion()).isEqualTo(first);
      assertThat(rollback.getWhy()).isEqualTo("as tested");
      page.awaitText("#head", "lineage " + head().lineage());
      awaitThat(() -> loop.worker().lineage() == head().lineage());
    }
  }

  @Test
  @Order(7)
  void showsADeadLetterAndReplays() throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            loop.bootstrapServers().with(Map.of()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(Topics.EVENTS.name(), "no event".getBytes(UTF_8))).get();
    }
    try (WatchedPage page = open(WIDE, ColorScheme.LIGHT)) {
      page.awaitText("#reasons", "malformed");
      page.awaitText("#letters", "malformed");
      page.at("#replay").click();
      page.at("#ask-yes").click();
      page.awaitText("#replayed", "A replay runs");
      PlaywrightAssertions.assertThat(page.at("[data-state=RUNNING]"))
          .hasCount(0, new LocatorAssertions.HasCountOptions().setTimeout(REPLAY_MS));
      page.awaitText("#replayed", "Replayed, clean");
      page.awaitText("#replayed", "1 malformed");
      page.screenshot(SCREENSHOTS.resolve("after-all.png"));
    }
  }

  @Test
  @Order(8)
  void viewersLookAndOperatorsActUnderTheirOwnNames() throws Exception {
    Path users = directory.resolve("users");
    PasswordHash hash = PasswordHash.of(PASSWORD, new SecureRandom());
    Users.append(users, new User("nora", Role.OPERATOR, hash));
    Users.append(users, new User("vera", Role.VIEWER, hash));
    try (ConsoleServer asking =
        ConsoleServer.start(
            new ConsoleConfig(
                "127.0.0.1",
                0,
                ConsoleConfig.Control.LOCAL,
                "",
                Duration.ofMinutes(1),
                users.toString()),
            new LoopConnection(loop.bootstrapServers(), loop.serdes()),
            ConsoleHome.here(directory.resolve("data"), Main.class, Map.of()),
            InstantSource.system())) {
      try (WatchedPage page = WatchedPage.openAs(browser, asking.url(), "vera", PASSWORD)) {
        page.awaitText("#me", "Signed in as vera, viewer");
        page.awaitVisible("#timeline .dot");
        PlaywrightAssertions.assertThat(page.at("#freeze")).isHidden();
      }
      try (WatchedPage page = WatchedPage.openAs(browser, asking.url(), "nora", PASSWORD)) {
        page.awaitText("#me", "Signed in as nora, operator");
        page.awaitText("#freeze", "Freeze promotions");
        page.at("#freeze").click();
        PlaywrightAssertions.assertThat(page.at("#ask [name=who]")).isHidden();
        page.at("#ask [name=why]").fill("as tested");
        page.at("#ask-yes").click();
        page.awaitText("#said", "Promotions are frozen.");
        assertThat(newest(ControlAction.FREEZE).getWho()).isEqualTo("nora");
      }
    }
  }

  private static WatchedPage open(int width, ColorScheme scheme) {
    return WatchedPage.open(browser, console.url(), width, scheme);
  }

  private static void awaitThat(BooleanSupplier condition) {
    Eventually.decided(() -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
  }

  private static PolicyHistory history() {
    return PolicyHistory.read(loop.bootstrapServers(), loop.serdes());
  }

  private static PolicyHead head() {
    return history().control().head();
  }

  /** Releases that may be promoted and do not serve, oldest first. */
  private static List<Long> ofThisLineage() {
    PolicyHistory history = history();
    PolicyHead head = history.control().head();
    return history.releases().stream()
        .filter(release -> release.released() && release.manifest().lineage() == head.lineage())
        .map(PolicyHistory.Release::version)
        .filter(version -> version != head.activeVersion())
        .toList();
  }

  /** The last decision of a kind that a person took. */
  private static PolicyControl newest(ControlAction action) {
    return history().decisions().stream()
        .map(located -> located.value())
        .filter(decision -> decision.getAction() == action)
        .filter(decision -> !decision.getWho().equals(ControlLog.LOOP))
        .reduce((older, newer) -> newer)
        .orElseThrow();
  }

  /** Until it is upon the head: the loop decides as well. */
  private static void decideAsBen(ControlAction action) {
    try (ControlWriter writer =
        new ControlWriter(loop.bootstrapServers(), loop.serdes(), InstantSource.system())) {
      awaitThat(() -> writer.decide(action, -1, "ben", "a race", head().headOffset()).effective());
    }
  }

  private static List<RewardConfig> configs() {
    return RewardConfigLog.read(loop.bootstrapServers(), loop.serdes()).schedule().configs();
  }
}
