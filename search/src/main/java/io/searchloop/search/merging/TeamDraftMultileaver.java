package io.searchloop.search.merging;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Shows one visitor several rewrites of a query at once, so that all of them are compared on the
 * same person, page and moment: team-draft multileaving (Schuth et al., "Multileaved Comparisons
 * for Fast Online Evaluation", CIKM 2014), with the query without a rewrite as a team of its own.
 *
 * <p>Of each list the first {@code floor(page size / teams)} products compete. All of them fit on
 * the page, so every merge shows every one, and none has exposure 0. What overlapping lists leave
 * free is filled after them with further products of the query without a rewrite, then of the
 * rewrites; these rank in no list and earn nobody anything.
 *
 * <p>Give each distinct list once: candidates with the same results share its ranks, and the page
 * goes deeper. Immutable, any thread.
 */
public final class TeamDraftMultileaver {
  /** Positions a page may have: a merge keeps its products in the bits of a word. */
  public static final int MOST_POSITIONS = 48;

  /** Lists a page may be merged from, that of the query without a rewrite among them. */
  public static final int MOST_TEAMS = 15;

  private final int pageSize;
  private final ExposureModel exposureModel;

  /**
   * Merges pages.
   *
   * @param pageSize products on a page, at most {@link #MOST_POSITIONS}
   */
  public TeamDraftMultileaver(int pageSize, ExposureModel exposureModel) {
    if (pageSize < 1 || pageSize > MOST_POSITIONS) {
      throw new IllegalArgumentException(
          "Page of %d products, expected 1 to %d. Multileave the first page only."
              .formatted(pageSize, MOST_POSITIONS));
    }
    this.pageSize = pageSize;
    this.exposureModel = exposureModel;
  }

  /**
   * Prepares the merges of these lists; keep it as long as the lists stay the same.
   *
   * @param typed products found for the query without a rewrite, best first
   * @param rewritten products found for each rewrite; at most as many lists as leave every team one
   *     position
   */
  public TeamDraft draft(List<String> typed, List<List<String>> rewritten) {
    int teams = rewritten.size() + 1;
    if (teams > Math.min(pageSize, MOST_TEAMS)) {
      throw new IllegalArgumentException(
          "Page of %d products from %d lists, expected at most %d lists. Merge fewer rewrites at once."
              .formatted(pageSize, teams, Math.min(pageSize, MOST_TEAMS)));
    }
    List<List<String>> lists = new ArrayList<>(rewritten);
    lists.add(typed);
    TeamLists competing = TeamLists.truncate(lists, pageSize / teams);
    return new TeamDraft(
        competing,
        exposureModel.of(competing),
        exposureModel.examination(),
        filling(competing.products(), typed, rewritten),
        List.copyOf(typed));
  }

  private List<String> filling(
      List<String> competing, List<String> typed, List<List<String>> rewritten) {
    Set<String> page = new LinkedHashSet<>(competing);
    page.addAll(typed);
    rewritten.forEach(page::addAll);
    return page.stream().skip(competing.size()).limit(pageSize - competing.size()).toList();
  }
}
