package io.searchloop.jobs.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.searchloop.jobs.fixtures.GoldenState;
import io.searchloop.schemas.RewardTuple;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The minibatch job goes on from the state of older code: a group that is out and may be corrected,
 * one that lacks members, a slate's, a page with a purchase, and a minibatch that is not full.
 */
class AssemblyUpgradeTest {
  private static final Map<String, String> SETTINGS =
      Map.of("assembly.groups-per-minibatch", "3", "assembly.group-timeout", "PT1S");
  private static final long SHOWN = 100;

  private static final RewardTuple CORRECTED = Tuples.base("b", 0, 0, SHOWN);
  private static final RewardTuple BOUGHT = Tuples.onPage("page", 0, 1, 0, SHOWN);

  static List<String> versions() {
    return GoldenState.VERSIONS;
  }

  @ParameterizedTest
  @MethodSource("versions")
  void goesOnWithoutLossFromTheStateOf(String version) throws Exception {
    assumeFalse(GoldenState.writes(), "states are written");
    AssemblyLine whole = new AssemblyLine(SETTINGS);
    before(whole);
    int items = whole.items().size();
    int minibatches = whole.minibatches().size();
    after(whole);

    AssemblyLine upgraded = new AssemblyLine(SETTINGS);
    for (int i = 0; i < upgraded.stages().size(); i++) {
      upgraded.stages().get(i).restart(GoldenState.read(version, "assembly-" + i));
    }
    after(upgraded);

    assertThat(items).as("items before the break").isPositive();
    assertThat(upgraded.items().toString())
        .isEqualTo(whole.items().subList(items, whole.items().size()).toString());
    assertThat(upgraded.corrections()).isNotEmpty();
    assertThat(upgraded.minibatches().toString())
        .isEqualTo(whole.minibatches().subList(minibatches, whole.minibatches().size()).toString());
    assertThat(upgraded.minibatches()).isNotEmpty();
  }

  @Test
  void writesTheStateOfThisVersion() throws Exception {
    assumeTrue(GoldenState.writes(), "no states are to be written");
    AssemblyLine line = new AssemblyLine(SETTINGS);
    before(line);
    for (int i = 0; i < line.stages().size(); i++) {
      GoldenState.write("assembly-" + i, line.stages().get(i).snapshot());
    }
    line.close();
  }

  private static void before(AssemblyLine line) throws Exception {
    line.receive(
        Tuples.base("a", 0, 1, SHOWN),
        CORRECTED,
        Tuples.base("c", 0, .5, SHOWN),
        Tuples.base("d", 0, .5, SHOWN),
        Tuples.base("e", 2, 1, SHOWN),
        Tuples.base("f", 2, 0, SHOWN),
        Tuples.ofSlate("s#0", "s1", 1, SHOWN),
        Tuples.ofSlate("s#1", "s2", 0, SHOWN),
        BOUGHT,
        Tuples.onPage("page", 1, 0, 0, SHOWN));
    line.watermark(SHOWN + 10);
  }

  private static void after(AssemblyLine line) throws Exception {
    line.receive(
        Tuples.correction(CORRECTED, 1, 2),
        Tuples.base("g", 2, .5, SHOWN + 20),
        Tuples.base("h", 2, .5, SHOWN + 20),
        Tuples.ofSlate("s#0", "s3", 1, SHOWN + 20),
        Tuples.purchase(BOUGHT, 1, 3, SHOWN + 30));
    line.finish();
  }
}
