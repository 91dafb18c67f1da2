package io.searchloop.search.merging;

import java.util.List;

/**
 * One page merged from several lists, with everything a decision must log for its clicks to be
 * credited. Lists are numbered as given: the rewrites from zero, then the query without a rewrite.
 *
 * <p>Immutable, any thread.
 */
public final class MultileavedPage {
  /** Team of a product that only fills the page. */
  public static final int NO_TEAM = -1;

  private final List<Place> places;
  private final int[][] ranks;
  private final ExaminationCurve examination;

  MultileavedPage(List<Place> places, int[][] ranks, ExaminationCurve examination) {
    this.places = List.copyOf(places);
    this.ranks = ranks;
    this.examination = examination;
  }

  /**
   * A product on the page.
   *
   * @param product its id
   * @param team list that placed it, or {@link #NO_TEAM}
   * @param exposure expected examination over all merges, above 0
   * @param typedRank rank from one in the whole list of the query without a rewrite, 0 when absent
   */
  public record Place(String product, int team, float exposure, int typedRank) {}

  /** The products in the order shown. */
  public List<Place> places() {
    return places;
  }

  /** Lists that were merged, that of the query without a rewrite last. */
  public int lists() {
    return ranks.length;
  }

  /** Product ids in the order shown: {@code page} of the decision. */
  public List<String> products() {
    return places.stream().map(Place::product).toList();
  }

  /**
   * For each place the product's rank among a list's competing products, 0 when it is none of them:
   * {@code ranks} of the candidate.
   */
  public int[] ranks(int list) {
    return ranks[list].clone();
  }

  /** For each place the expected examination: {@code exposure} of the decision. */
  public float[] exposure() {
    float[] exposure = new float[places.size()];
    for (int place = 0; place < exposure.length; place++) {
      exposure[place] = places.get(place).exposure();
    }
    return exposure;
  }

  /** For each place the rank in the list of the query without a rewrite: {@code query_ranks}. */
  public int[] typedRanks() {
    return places.stream().mapToInt(Place::typedRank).toArray();
  }

  /** The curve that exposure was computed with: {@code examination} of the decision. */
  public ExaminationCurve examination() {
    return examination;
  }
}
