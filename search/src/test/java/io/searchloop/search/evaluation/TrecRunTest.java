package io.searchloop.search.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.searchloop.search.engine.Hit;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrecRunTest {

  @Test
  void writesOneLineAHitWithRanksFromOne() throws IOException {
    StringWriter out = new StringWriter();
    try (TrecRun run = new TrecRun(out, "bm25")) {
      run.write("q1", List.of(new Hit("p9", 2.5), new Hit("p4", 1.25)));
      run.write("q2", List.of());
      run.write("q3", List.of(new Hit("p9", .5)));
    }

    assertThat(out)
        .hasToString(
            """
            q1 Q0 p9 1 2.5 bm25
            q1 Q0 p4 2 1.25 bm25
            q3 Q0 p9 1 0.5 bm25
            """);
  }

  @Test
  void refusesIdsThatWouldShiftTheColumns() {
    TrecRun run = new TrecRun(new StringWriter(), "bm25");

    assertThatThrownBy(() -> run.write("q1", List.of(new Hit("p 9", 1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("product id is \"p 9\"");
  }
}
