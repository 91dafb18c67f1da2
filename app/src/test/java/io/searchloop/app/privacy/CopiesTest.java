package io.searchloop.app.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CopiesTest {
  @Test
  void findsReplaysAndMirrorsByWhatTheyCopy() {
    assertThat(
            Copies.prefixes(
                List.of(
                    "search.events.v1",
                    "replay.console-1.search.events.v1",
                    "replay.console-1.search.decisions.v1",
                    "replay.console-1.learning.ledger.v1",
                    "east.learning.rewards.v1",
                    "east.catalogue.products.v1",
                    "research.events.v1")))
        .containsExactly("east.", "replay.console-1.");
  }
}
