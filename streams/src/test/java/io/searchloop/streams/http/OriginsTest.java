package io.searchloop.streams.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OriginsTest {
  @Test
  void takesProgramsPagesOfItsOwnHostAndThoseNamed() {
    Origins origins = Origins.of(" https://shop.example, http://localhost:3000 ");

    assertThat(origins.allow("", "search.example")).isTrue();
    assertThat(origins.allow("https://search.example", "search.example")).isTrue();
    assertThat(origins.allow("https://shop.example", "search.example")).isTrue();
    assertThat(origins.allow("http://localhost:3000", "search.example")).isTrue();
    assertThat(origins.allow("http://shop.example", "search.example")).isFalse();
    assertThat(origins.allow("https://shop.example.evil", "search.example")).isFalse();
    assertThat(origins.allow("null", "search.example")).isFalse();
    assertThat(Origins.of("").allow("https://shop.example", "search.example")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"*", "shop.example", "https://shop.example/", "https://*.example", "null"})
  void refusesWhatIsNoOrigin(String text) {
    assertThatThrownBy(() -> Origins.of(text))
        .hasMessageContaining("'" + text + "'")
        .hasMessageContaining("https://shop.example");
  }
}
