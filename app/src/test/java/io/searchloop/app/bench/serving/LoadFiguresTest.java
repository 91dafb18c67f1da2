package io.searchloop.app.bench.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LoadFiguresTest {
  @Test
  void percentilesAreDurationsThatWereMeasured() {
    List<Long> nanos = LongStream.rangeClosed(1, 200).map(ms -> ms * 1_000_000).boxed().toList();

    LoadFigures figures = LoadFigures.of(nanos, 3, 2_000_000_000L);

    assertThat(figures).isEqualTo(new LoadFigures(200, 3, 100, 100, 198, 200));
    assertThat(LoadFigures.percentile(new long[] {7_000_000}, .5)).isCloseTo(7, within(1e-9));
  }

  @Test
  void nothingMeasuredIsNoFigure() {
    assertThatThrownBy(() -> LoadFigures.of(List.of(), 0, 1))
        .hasMessageContaining("No request was answered");
  }
}
