package io.searchloop.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.searchloop.schemas.config.ConfigBinder;
import io.searchloop.search.engine.Combination;
import io.searchloop.search.merging.ExaminationCurve;
import io.searchloop.search.query.SearchRule;
import io.searchloop.streams.inference.Provider;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServingConfigTest {
  @Test
  void hasTheDocumentedDefaults() {
    assertThat(ConfigBinder.defaults(ServingConfig.class))
        .isEqualTo(
            new ServingConfig(
                8080,
                "127.0.0.1",
                .05,
                0,
                "searchloop",
                4,
                1,
                0,
                1.5,
                Combination.UNION,
                true,
                .7,
                .35,
                "",
                "",
                10,
                Duration.ofMillis(500),
                16,
                64,
                1,
                32,
                Duration.ZERO,
                0,
                Provider.CPU,
                10_000,
                Duration.ofSeconds(5),
                Duration.ofSeconds(1),
                "",
                Duration.ofMinutes(10),
                "searchloop-serving",
                "streams",
                Duration.ofSeconds(10),
                0,
                true,
                0,
                0,
                64,
                .1,
                "",
                100,
                3,
                0,
                8,
                .25,
                false,
                "",
                "",
                ""));
  }

  @Test
  void searchesAsEvaluationDoesUnlessToldOtherwise() {
    assertThat(ConfigBinder.defaults(ServingConfig.class).search()).isEqualTo(SearchRule.DEFAULT);
  }

  @Test
  void suggestsNoPastQueriesUnlessAFileNamesThem() {
    assertThat(ConfigBinder.defaults(ServingConfig.class).pastQueries()).isEmpty();
    ServingConfig config =
        new ConfigBinder(Map.of("serving.suggestions", "no-such-file.tsv"))
            .bind("serving", ServingConfig.class);

    assertThatThrownBy(config::pastQueries)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no-such-file.tsv cannot be read");
  }

  @Test
  void bindsEveryKey() {
    ConfigBinder binder =
        new ConfigBinder(
            Map.ofEntries(
                Map.entry("serving.port", "0"),
                Map.entry("serving.host", "0.0.0.0"),
                Map.entry("serving.holdout-share", ".1"),
                Map.entry("serving.reference-share", ".2"),
                Map.entry("serving.arm-salt", "pepper"),
                Map.entry("serving.candidates", "8"),
                Map.entry("serving.temperature", ".9"),
                Map.entry("serving.exploration-share", ".15"),
                Map.entry("serving.exploration-temperature", "2"),
                Map.entry("serving.combination", "replace"),
                Map.entry("serving.spelling", "false"),
                Map.entry("serving.correction-weight", ".6"),
                Map.entry("serving.rewrite-weight", ".4"),
                Map.entry("serving.suggestions", "past.tsv"),
                Map.entry("serving.rules", "shop.rules"),
                Map.entry("serving.results", "20"),
                Map.entry("serving.deadline", "PT0.2S"),
                Map.entry("serving.request-threads", "2"),
                Map.entry("serving.max-queued", "3"),
                Map.entry("serving.inference-threads", "4"),
                Map.entry("serving.batch-size", "16"),
                Map.entry("serving.batch-wait", "PT0.001S"),
                Map.entry("serving.batches", "17"),
                Map.entry("serving.provider", "cuda"),
                Map.entry("serving.signal-queue", "5"),
                Map.entry("serving.event-timeout", "PT6S"),
                Map.entry("serving.chunk-timeout", "PT7S"),
                Map.entry("serving.trusted-keys", "keys/trusted"),
                Map.entry("serving.head-window", "PT8S"),
                Map.entry("serving.application-id", "other"),
                Map.entry("serving.group-protocol", "classic"),
                Map.entry("serving.drain", "PT9S"),
                Map.entry("serving.random-seed", "10"),
                Map.entry("serving.log-query-ranks", "false"),
                Map.entry("serving.multileave-share", ".11"),
                Map.entry("serving.engine-only-share", ".12"),
                Map.entry("serving.engine-only-queue", "11"),
                Map.entry("serving.shadow-share", ".13"),
                Map.entry("serving.examination", "1, .5"),
                Map.entry("serving.head-queries", "12"),
                Map.entry("serving.head-count", "13"),
                Map.entry("serving.slates", "14"),
                Map.entry("serving.slate-size", "15"),
                Map.entry("serving.slate-cpu-share", ".5"),
                Map.entry("serving.control-over-http", "true"),
                Map.entry("serving.event-origins", "https://shop.example"),
                Map.entry("serving.pseudonym-keys", "keys/pseudonyms"),
                Map.entry("serving.users", "keys/users")));
    ServingConfig config = binder.bind("serving", ServingConfig.class);
    binder.finish();

    assertThat(config)
        .isEqualTo(
            new ServingConfig(
                0,
                "0.0.0.0",
                .1,
                .2,
                "pepper",
                8,
                .9,
                .15,
                2,
                Combination.REPLACE,
                false,
                .6,
                .4,
                "past.tsv",
                "shop.rules",
                20,
                Duration.ofMillis(200),
                2,
                3,
                4,
                16,
                Duration.ofMillis(1),
                17,
                Provider.CUDA,
                5,
                Duration.ofSeconds(6),
                Duration.ofSeconds(7),
                "keys/trusted",
                Duration.ofSeconds(8),
                "other",
                "classic",
                Duration.ofSeconds(9),
                10,
                false,
                .11,
                .12,
                11,
                .13,
                "1, .5",
                12,
                13,
                14,
                15,
                .5,
                true,
                "https://shop.example",
                "keys/pseudonyms",
                "keys/users"));
    assertThat(config.examinationCurve()).isEqualTo(ExaminationCurve.of(1, .5));
  }

  @Test
  void refusesSharesBeyondEveryoneAndUnknownKeys() {
    ConfigBinder binder =
        new ConfigBinder(
            Map.of(
                "serving.holdout-share", ".9",
                "serving.reference-share", ".9",
                "serving.candidate", "4"));
    binder.bind("serving", ServingConfig.class);

    assertThatThrownBy(binder::finish)
        .hasMessageContaining("together at most 1")
        .hasMessageContaining("Did you mean 'serving.candidates'?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "multileave-share=.6, engine-only-share=.6; Multileave share 0.6 and engine-only share 0.6",
        "multileave-share=-1; expected both from 0",
        "examination=1 .5; expected numbers with commas between",
        "examination=1,0; Examination of position 2 is 0.0",
        "batch-size=0; batch-size is 0, expected at least 1",
        "batch-wait=PT-1S; batch-wait is PT-1S",
        "batches=-1; batches is -1",
        "exploration-share=1.1; Exploration share 1.1",
        "exploration-temperature=0; a temperature above 0",
        "slate-size=1; slate-size is 1, expected at least 2",
        "slates=-1; slates is -1",
        "slates=600001; slates is 600001",
        "slate-cpu-share=0; slate-cpu-share is 0.0",
        "correction-weight=0; correction-weight is 0.0, expected above 0",
        "rewrite-weight=-1; rewrite-weight is -1.0, expected above 0",
        "engine-only-queue=0; engine-only-queue is 0",
        "head-queries=0; head-queries is 0",
        "head-count=0; head-count is 0",
        "control-over-http=true, host=0.0.0.0; host is 0.0.0.0 and users is not set"
      })
  void refusesWhatCannotBeServed(String settings, String named) {
    Map<String, String> given =
        Arrays.stream(settings.split(", "))
            .map(setting -> setting.split("=", 2))
            .collect(Collectors.toMap(pair -> "serving." + pair[0], pair -> pair[1]));
    ConfigBinder binder = new ConfigBinder(given);
    binder.bind("serving", ServingConfig.class);

    assertThatThrownBy(binder::finish).hasMessageContaining(named);
  }

  @Test
  void assumesTheDiscountOfNdcgUntilACurveIsGiven() {
    assertThat(ConfigBinder.defaults(ServingConfig.class).examinationCurve())
        .isEqualTo(ExaminationCurve.logarithmic(10));
  }

  @Test
  void saysHowToTrustSomebody() {
    assertThatThrownBy(() -> ConfigBinder.defaults(ServingConfig.class).trusted())
        .hasMessageContaining("serving.trusted-keys is not set")
        .hasMessageContaining("./searchloop keys init");
  }
}
