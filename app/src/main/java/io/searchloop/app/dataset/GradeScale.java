package io.searchloop.app.dataset;

/**
 * What the grades of a judged dataset are worth. Two scales are in use: 1..3 (Home Depot: the mean
 * of raters, 1 is irrelevant) and 0..3 (Icecat, the generated marketplace: 0 is irrelevant).
 *
 * @param irrelevant grade of a product that does not fit; its gain is zero
 * @param relevantFrom smallest grade that counts as relevant in recall
 * @param best largest possible grade
 */
public record GradeScale(double irrelevant, double relevantFrom, double best) {
  /** Grades 1..3: gain = grade - 1, relevant from 2.33, as Home Depot's raters used it. */
  public static final GradeScale FROM_ONE = new GradeScale(1, 2.33, 3);

  /** Grades 0..3: gain = grade, relevant from 2. */
  public static final GradeScale FROM_ZERO = new GradeScale(0, 2, 3);

  /** Gains 0..1 of labels (ESCI, WANDS): recall counts the best label alone. */
  public static final GradeScale EXACT_ONLY = new GradeScale(0, 1, 1);

  /** Shares of a query's clicks: recall counts a product that took a tenth of them. */
  public static final GradeScale CLICK_SHARES = new GradeScale(0, .1, 1);

  public GradeScale {
    if (!(irrelevant < relevantFrom && relevantFrom <= best)) {
      throw new IllegalArgumentException(
          "Grade scale found irrelevant="
              + irrelevant
              + ", relevantFrom="
              + relevantFrom
              + ", best="
              + best
              + "; expected irrelevant < relevantFrom <= best.");
    }
  }

  /**
   * The scale a judgment file speaks, told by its smallest grade: {@link #FROM_ZERO} when any grade
   * is below one, otherwise {@link #FROM_ONE}. A file of a 0..3 scale in which nobody found an
   * irrelevant product is misread by this rule; name the scale then.
   */
  public static GradeScale derive(double smallestGrade) {
    return smallestGrade < FROM_ONE.irrelevant ? FROM_ZERO : FROM_ONE;
  }

  /** Gain of a grade, from zero; grades below the irrelevant one gain nothing. */
  public double gain(double grade) {
    return Math.max(0, grade - irrelevant);
  }

  /** Gain of the best grade. */
  public double bestGain() {
    return best - irrelevant;
  }

  /** Whether recall counts a product of this grade. */
  public boolean isRelevant(double grade) {
    return grade >= relevantFrom;
  }
}
