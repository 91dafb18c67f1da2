package io.searchloop.app.console;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestGuardTest {
  private static final String JSON = "application/json";
  private static final String HOST = "127.0.0.1:8083";

  private final RequestGuard guard = new RequestGuard(List.of("Console.example"), true);

  @ParameterizedTest
  @ValueSource(
      strings = {HOST, "10.0.0.4", "[::1]:8083", "localhost", "LOCALHOST:1", "console.example:443"})
  void knowsItsOwnNames(String host) {
    assertThatCode(() -> guard.check(host)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.example", "localhost.evil.example", "127.0.0.1.evil.example", ""})
  void refusesANameThatAnotherSitePointedHere(String host) {
    assertThatThrownBy(() -> guard.check(host))
        .isInstanceOf(ConsoleProblem.class)
        .hasMessageContaining("Host is '" + host + "'")
        .hasMessageContaining("console.names");
  }

  @Test
  void takesAnActionOfItsOwnPageAndOfACommandLine() {
    assertThatCode(() -> guard.checkAction(HOST, "http://" + HOST, "1", JSON))
        .doesNotThrowAnyException();
    assertThatCode(() -> guard.checkAction(HOST, null, "1", JSON)).doesNotThrowAnyException();
  }

  @Test
  void refusesAnActionOfAnotherPage() {
    for (String origin : List.of("http://evil.example", "http://127.0.0.1:9", "null", "no uri")) {
      assertThatThrownBy(() -> guard.checkAction(HOST, origin, "1", JSON))
          .hasMessageContaining("Origin is '" + origin + "'");
    }
    assertThatThrownBy(() -> guard.checkAction(HOST, null, null, JSON))
        .hasMessageContaining(RequestGuard.HEADER);
    assertThatThrownBy(() -> guard.checkAction(HOST, null, "1", "text/plain"))
        .hasMessageContaining("Content-Type");
  }

  @Test
  void makesNoWorkForPagesOfOtherSites() {
    assertThatThrownBy(() -> guard.checkSite("cross-site")).hasMessageContaining("Sec-Fetch-Site");
    assertThatCode(() -> guard.checkSite("same-origin")).doesNotThrowAnyException();
    assertThatCode(() -> guard.checkSite(null)).doesNotThrowAnyException();
  }

  @Test
  void takesNoActionWhenTheyAreOff() {
    RequestGuard off = new RequestGuard(List.of(), false);

    assertThatThrownBy(() -> off.checkAction(HOST, null, "1", JSON))
        .hasMessageContaining("takes no actions")
        .hasMessageContaining("console.control=never");
  }
}
