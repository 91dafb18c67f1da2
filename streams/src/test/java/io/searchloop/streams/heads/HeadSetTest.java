package io.searchloop.streams.heads;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HeadSetTest {
  private Optional<List<HeadQuery>> counts =
      Optional.of(
          List.of(
              new HeadQuery("red shoes", "", 9),
              new HeadQuery("hat", "", 3),
              new HeadQuery("sock", "", 2)));
  private final HeadSet heads =
      new HeadSet(
          limit -> counts.map(top -> top.subList(0, Math.min(limit, top.size()))),
          2,
          3,
          InstantSource.fixed(Instant.EPOCH));

  @Test
  void knowsNothingBeforeTheFirstCounts() {
    assertThat(heads.of("red shoes")).isEqualTo(Stratum.UNKNOWN);
    counts = Optional.empty();
    heads.refresh();
    assertThat(heads.of("red shoes")).isEqualTo(Stratum.UNKNOWN);
  }

  @Test
  void tellsHeadsFromTheTailByTheirNormalForm() {
    heads.refresh();

    assertThat(heads.of(" Red  SHOES")).isEqualTo(Stratum.HEAD);
    assertThat(heads.of("hat")).isEqualTo(Stratum.HEAD);
    assertThat(heads.of("sock")).isEqualTo(Stratum.TAIL);
    assertThat(heads.of("scarf")).isEqualTo(Stratum.TAIL);
  }

  @Test
  void aFrequentQueryOfAQuietDayIsNoHead() {
    counts = Optional.of(List.of(new HeadQuery("hat", "", 2)));
    heads.refresh();

    assertThat(heads.of("hat")).isEqualTo(Stratum.TAIL);
  }

  @Test
  void keepsWhatItKnowsWhileCountsCannotBeRead() {
    heads.refresh();
    counts = Optional.empty();
    heads.refresh();

    assertThat(heads.of("hat")).isEqualTo(Stratum.HEAD);
  }
}
