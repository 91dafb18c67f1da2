package io.searchloop.app.study.upkeep;

import io.searchloop.search.evaluation.Interval;

/**
 * How the frozen and the refreshed model agree with people on the same products, 95 % bootstrap
 * intervals over queries.
 *
 * @param products how many
 * @param relevant those of them that fit
 * @param frozen area under the ROC curve, .5 is chance
 * @param fallen that less its own on the warm start's pages, the same queries drawn
 * @param refreshed area of the model learned from this policy's pages
 * @param restored that less the frozen one's, paired
 * @param frozenError expected calibration error
 * @param refreshedError expected calibration error
 * @param mended that less the frozen one's, paired
 */
public record AgreementFigures(
    int products,
    int relevant,
    Interval frozen,
    Interval fallen,
    Interval refreshed,
    Interval restored,
    Interval frozenError,
    Interval refreshedError,
    Interval mended) {}
