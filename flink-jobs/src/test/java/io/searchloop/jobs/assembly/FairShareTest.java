package io.searchloop.jobs.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.schemas.RolloutGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FairShareTest {
  @Test
  void takesOneOfEachQueryInTurn() {
    FairShare share = share("a1 a2 a3 b1 b2 c1", 4, 2);

    assertThat(ids(share.taken())).isEqualTo("a1 b1 c1 a2");
    assertThat(ids(share.left())).isEqualTo("a3 b2");
  }

  @Test
  void capsAQueryWhileOthersWait() {
    FairShare share = share("a1 a2 a3 a4 b1 b2 b3 b4", 6, 2);

    assertThat(ids(share.taken())).isEqualTo("a1 b1 a2 b2");
    assertThat(ids(share.left())).isEqualTo("a3 a4 b3 b4");
  }

  @Test
  void givesTheRestToAQueryThatWaitsAlone() {
    assertThat(ids(share("a1 a2 a3 a4 b1", 4, 2).taken())).isEqualTo("a1 b1 a2 a3");
    assertThat(ids(share("a1 a2 a3 a4", 3, 1).taken())).isEqualTo("a1 a2 a3");
  }

  @Test
  void servesThoseWhoWentAwayEmptyNext() {
    FairShare first = share("a1 a2 b1 b2 c1 c2 d1", 2, 1);

    assertThat(ids(first.taken())).isEqualTo("a1 b1");
    assertThat(ids(FairShare.of(first.left(), 2, 1).taken())).isEqualTo("c1 d1");
  }

  @Test
  void losesNothing() {
    List<TrainingItem> waiting = items("a1 a2 a3 a4 a5 b1 b2 c1 d1 d2");
    List<TrainingItem> served = new ArrayList<>();
    while (!waiting.isEmpty()) {
      FairShare share = FairShare.of(waiting, 3, 2);
      assertThat(share.taken()).isNotEmpty();
      served.addAll(share.taken());
      waiting = share.left();
    }

    assertThat(ids(served).split(" ")).hasSize(10).doesNotHaveDuplicates();
  }

  private static FairShare share(String waiting, int size, int perQuery) {
    return FairShare.of(items(waiting), size, perQuery);
  }

  /** Groups, each named after its query and a number. */
  private static List<TrainingItem> items(String ids) {
    return List.of(ids.split(" ")).stream()
        .map(
            id ->
                TrainingItem.group(
                    0,
                    RolloutGroup.newBuilder()
                        .setGroupId(id)
                        .setGroupKey(id.substring(0, 1))
                        .build()))
        .toList();
  }

  private static String ids(List<TrainingItem> items) {
    return items.stream().map(item -> item.group().getGroupId()).collect(Collectors.joining(" "));
  }
}
