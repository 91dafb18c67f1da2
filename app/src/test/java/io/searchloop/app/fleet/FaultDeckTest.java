package io.searchloop.app.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FaultDeckTest {
  private final Component plain = component("registry", "registry", Optional.empty());
  private final Component worker = component("worker-1", "worker", Optional.of(TcpProxy.to(1)));

  @Test
  void everyComponentMeetsEveryKindThatFitsBeforeAnyComesAgain() {
    FaultDeck deck = new FaultDeck(List.of(plain, worker), new SplittableRandom(1));

    List<String> drawn = draw(deck, 8);

    assertThat(drawn)
        .containsExactlyInAnyOrder(
            "registry kill",
            "registry restart",
            "registry pause",
            "worker-1 kill",
            "worker-1 restart",
            "worker-1 pause",
            "worker-1 slow",
            "worker-1 cut");
    assertThat(draw(deck, 8)).containsExactlyInAnyOrderElementsOf(drawn);
  }

  @Test
  void theSameSeedDrawsTheSame() {
    List<Component> both = List.of(plain, worker);

    assertThat(draw(new FaultDeck(both, new SplittableRandom(3)), 30))
        .isEqualTo(draw(new FaultDeck(both, new SplittableRandom(3)), 30));
  }

  @Test
  void whoIsSparedMeetsNothingAndGoesShortOfNothing() {
    FaultDeck deck = new FaultDeck(List.of(plain, worker), new SplittableRandom(5));

    for (int i = 0; i < 3; i++) {
      assertThat(deck.draw(worker::equals).orElseThrow().component()).isEqualTo(plain);
    }
    assertThat(deck.draw(worker::equals)).isEmpty();
    assertThat(draw(deck, 5)).allMatch(fault -> fault.startsWith("worker-1"));
  }

  @Test
  void whatHasAnEndLastsOneToEightSeconds() {
    FaultDeck deck = new FaultDeck(List.of(worker), new SplittableRandom(7));
    for (int i = 0; i < 50; i++) {
      Fault fault = deck.draw(component -> false).orElseThrow();
      assertThat(fault.lasts().toMillis())
          .isBetween(fault.kind().lasts() ? 1_000L : 0L, fault.kind().lasts() ? 8_000L : 0L);
    }
  }

  private static List<String> draw(FaultDeck deck, int times) {
    List<String> drawn = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      Fault fault = deck.draw(component -> false).orElseThrow();
      drawn.add(fault.component().name() + " " + fault.kind().label());
    }
    return drawn;
  }

  private static Component component(String name, String group, Optional<TcpProxy> way) {
    LoopProcess process =
        LoopProcess.of(name, "8m", List.of(), "Nobody", List.of(), Map.of(), Path.of("unused"));
    return new Component(name, group, process, way, Optional.empty(), () -> true);
  }
}
