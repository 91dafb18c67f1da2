package io.searchloop.streams.heads;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeadQueryTest {
  @Test
  void keepsLocaleAndNormalFormInItsKey() {
    assertThat(HeadQuery.of(HeadQuery.key(" Red  SHOES", "en-GB"), 3))
        .isEqualTo(new HeadQuery("red shoes", "en-GB", 3));
    assertThat(HeadQuery.of(HeadQuery.key("hat", ""), 1)).isEqualTo(new HeadQuery("hat", "", 1));
  }

  @Test
  void readsCountsOfAVersionThatKnewNoLocale() {
    assertThat(HeadQuery.of("red shoes", 2)).isEqualTo(new HeadQuery("red shoes", "", 2));
  }
}
