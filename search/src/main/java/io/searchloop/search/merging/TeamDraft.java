package io.searchloop.search.merging;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * All merges of some lists, of which every visitor sees one. The exposure of the products belongs
 * to the draft, not to the page, so it is computed once.
 *
 * <p>Seeds must not depend on the visitor: whoever always sees the same order is not an experiment.
 * Draw them from the worker's own generator and log them. Immutable, any thread.
 */
public final class TeamDraft {
  private final TeamLists lists;
  private final Exposure exposure;
  private final ExaminationCurve examination;
  private final List<String> filling;
  private final List<String> typed;

  TeamDraft(
      TeamLists lists,
      Exposure exposure,
      ExaminationCurve examination,
      List<String> filling,
      List<String> typed) {
    this.lists = lists;
    this.exposure = exposure;
    this.examination = examination;
    this.filling = filling;
    this.typed = typed;
  }

  /** The page of a seed: always the same one. */
  public MultileavedPage page(long mergeSeed) {
    return page(new SplittableRandom(mergeSeed));
  }

  /** The page of a random merge. */
  public MultileavedPage page(RandomGenerator random) {
    Draw draw = new Draw(lists);
    draw.merge(random);
    List<MultileavedPage.Place> places = new ArrayList<>();
    for (int place = 0; place < draw.products.length; place++) {
      int product = draw.products[place];
      String name = lists.products().get(product);
      places.add(place(name, draw.teams[place], (float) exposure.expected[product]));
    }
    for (String name : filling) {
      places.add(place(name, MultileavedPage.NO_TEAM, examination.at(places.size() + 1)));
    }
    return new MultileavedPage(places, ranks(draw.products), examination);
  }

  /** The largest standard error of an exposure as a share of it; 0 when computed exactly. */
  public double exposureError() {
    return exposure.largestRelativeError();
  }

  private MultileavedPage.Place place(String product, int team, float expected) {
    return new MultileavedPage.Place(product, team, expected, typed.indexOf(product) + 1);
  }

  /** By team, then by place; the filling keeps rank 0. */
  private int[][] ranks(int[] products) {
    int[][] ranks = new int[lists.teams()][products.length + filling.size()];
    for (int team = 0; team < ranks.length; team++) {
      int[] ofTeam = lists.ranks(team);
      for (int place = 0; place < products.length; place++) {
        ranks[team][place] = ofTeam[products[place]];
      }
    }
    return ranks;
  }
}
