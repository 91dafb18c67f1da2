package io.searchloop.search.merging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TeamDraftMultileaverTest {
  private static final List<String> TYPED = List.of("t1", "t2", "t3", "t4");
  private static final List<String> REWRITTEN = List.of("r1", "r2", "r3", "r4");

  private final TeamDraftMultileaver multileaver = multileaver(4);

  @Test
  void everyRoundEachTeamPlacesItsBestProduct() {
    TeamDraft draft = multileaver.draft(TYPED, List.of(REWRITTEN));

    for (long seed = 0; seed < 20; seed++) {
      List<String> page = draft.page(seed).products();
      assertThat(page.subList(0, 2)).containsExactlyInAnyOrder("t1", "r1");
      assertThat(page.subList(2, 4)).containsExactlyInAnyOrder("t2", "r2");
    }
  }

  @Test
  void teamsAreFirstEquallyOften() {
    TeamDraft draft = multileaver.draft(TYPED, List.of(REWRITTEN));

    long typedFirst =
        IntStream.range(0, 2000).filter(i -> draft.page(i).products().get(0).equals("t1")).count();

    assertThat(typedFirst / 2000.0).isCloseTo(.5, within(.045)); // four standard errors
  }

  @Test
  void samePageForTheSameSeed() {
    TeamDraft draft = multileaver.draft(TYPED, List.of(REWRITTEN));

    assertThat(draft.page(7).places()).isEqualTo(draft.page(7).places());
    assertThat(IntStream.range(0, 50).mapToObj(i -> draft.page(i).products()).distinct())
        .hasSize(4);
  }

  @Test
  void logsWhereEveryListRanksAProduct() {
    TeamDraft draft = multileaver.draft(List.of("a", "b"), List.of(List.of("b", "a")));

    MultileavedPage page = draft.page(3);

    int a = page.products().indexOf("a");
    assertThat(page.lists()).isEqualTo(2);
    assertThat(page.ranks(0)[a]).isEqualTo(2);
    assertThat(page.ranks(1)[a]).isEqualTo(1);
    assertThat(page.typedRanks()[a]).isEqualTo(1);
  }

  @Test
  void listsCompeteWithWhatEveryTeamCanPlace() {
    MultileavedPage page = multileaver.draft(TYPED, List.of(REWRITTEN)).page(1);

    assertThat(page.products()).containsExactlyInAnyOrder("t1", "t2", "r1", "r2");
    assertThat(page.exposure()).containsOnly(.75f, .225f);
  }

  @Test
  void fillsWhatOverlapLeavesFreeWithProductsNobodyIsCreditedFor() {
    MultileavedPage page = multileaver.draft(TYPED, List.of(TYPED)).page(1);

    assertThat(page.products()).containsExactly("t1", "t2", "t3", "t4");
    assertThat(page.ranks(0)).containsExactly(1, 2, 0, 0);
    assertThat(page.ranks(1)).containsExactly(1, 2, 0, 0);
    assertThat(page.typedRanks()).containsExactly(1, 2, 3, 4);
    assertThat(page.places().get(2).team()).isEqualTo(MultileavedPage.NO_TEAM);
    assertThat(page.exposure()).containsExactly(1, .5f, .25f, .2f);
  }

  @Test
  void rewritesFillWhatTheTypedQueryCannot() {
    MultileavedPage page = multileaver.draft(List.of(), List.of(REWRITTEN)).page(1);

    assertThat(page.products()).containsExactly("r1", "r2", "r3", "r4");
    assertThat(page.ranks(1)).containsOnly(0);
  }

  @Test
  void placesAProductOnce() {
    List<String> repeating = List.of("a", "a", "b", "b");

    MultileavedPage page = multileaver.draft(repeating, List.of(List.of("b", "a", "a"))).page(1);

    Set<String> seen = new HashSet<>(page.products());
    assertThat(page.products()).hasSize(2).hasSameSizeAs(seen);
    assertThat(page.ranks(1)[page.products().indexOf("b")]).isEqualTo(2);
  }

  @Test
  void listsThatFindNothingLeaveAnEmptyPage() {
    MultileavedPage page = multileaver.draft(List.of(), List.of(List.of())).page(1);

    assertThat(page.products()).isEmpty();
    assertThat(page.exposure()).isEmpty();
  }

  @Test
  void refusesMoreListsThanPositions() {
    assertThatThrownBy(() -> multileaver.draft(TYPED, Collections.nCopies(4, REWRITTEN)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("from 5 lists, expected at most 4");
  }

  @Test
  void refusesPagesBeyondTheBitsOfAWord() {
    assertThatThrownBy(() -> multileaver(49)).hasMessageContaining("expected 1 to 48");
    assertThatThrownBy(() -> multileaver(0)).hasMessageContaining("Page of 0");
  }

  private static TeamDraftMultileaver multileaver(int pageSize) {
    return new TeamDraftMultileaver(
        pageSize, new ExposureModel(ExaminationCurve.of(1, .5, .25, .2)));
  }
}
