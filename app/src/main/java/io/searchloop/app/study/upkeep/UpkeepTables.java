package io.searchloop.app.study.upkeep;

import static java.util.Locale.ROOT;

import io.searchloop.search.evaluation.Interval;
import java.util.List;

/** The study's tables in Markdown, means over seeds. */
final class UpkeepTables {
  private final UpkeepReport report;
  private final StringBuilder text = new StringBuilder();

  UpkeepTables(UpkeepReport report) {
    this.report = report;
  }

  String text() {
    for (ProductKind kind : ProductKind.values()) {
      agreement(kind);
    }
    rewards(ProductKind.ALL);
    rewards(ProductKind.JUDGED);
    return text.toString();
  }

  private void agreement(ProductKind kind) {
    text.append("Agreement on ").append(kind.title()).append("\n\n");
    row(
        "policy of",
        "stage",
        "products",
        "relevant",
        "frozen f: AUC",
        "to stage 0",
        "refreshed f: AUC",
        "to frozen",
        "frozen f: ECE",
        "refreshed f: ECE",
        "to frozen");
    rule(11);
    stages((arm, stage) -> agreement(arm, stage, report.agreement(arm, stage, kind)));
  }

  private void agreement(RewardArm arm, int stage, List<AgreementFigures> seeds) {
    if (seeds.isEmpty()) {
      return;
    }
    row(
        arm.key(),
        Integer.toString(stage),
        Integer.toString(seeds.stream().mapToInt(AgreementFigures::products).sum()),
        Integer.toString(seeds.stream().mapToInt(AgreementFigures::relevant).sum()),
        value(UpkeepReport.mean(seeds, AgreementFigures::frozen)),
        difference(UpkeepReport.mean(seeds, AgreementFigures::fallen)),
        value(UpkeepReport.mean(seeds, AgreementFigures::refreshed)),
        difference(UpkeepReport.mean(seeds, AgreementFigures::restored)),
        value(UpkeepReport.mean(seeds, AgreementFigures::frozenError)),
        value(UpkeepReport.mean(seeds, AgreementFigures::refreshedError)),
        difference(UpkeepReport.mean(seeds, AgreementFigures::mended)));
  }

  private void rewards(ProductKind kind) {
    text.append("Rewards of pages, ").append(kind.title()).append("\n\n");
    row(
        "policy of",
        "stage",
        "moved",
        "by its model",
        "by people",
        "gain by its model",
        "gain by people",
        "won from the model alone");
    rule(8);
    stages((arm, stage) -> rewards(arm, stage, report.rewards(arm, stage, kind)));
  }

  private void rewards(RewardArm arm, int stage, List<RewardFigures> seeds) {
    if (seeds.isEmpty()) {
      return;
    }
    double moved =
        report.of(arm, stage).stream().mapToDouble(StageFigures::moved).average().orElseThrow();
    row(
        arm.key(),
        Integer.toString(stage),
        String.format(ROOT, "%.1f %%", 100 * moved),
        value(seeds.stream().mapToDouble(RewardFigures::claimed).average().orElseThrow()),
        value(seeds.stream().mapToDouble(RewardFigures::real).average().orElseThrow()),
        difference(UpkeepReport.mean(seeds, RewardFigures::claimedGain)),
        difference(UpkeepReport.mean(seeds, RewardFigures::realGain)),
        difference(UpkeepReport.mean(seeds, RewardFigures::hacked)));
  }

  /** A row of an arm's stage. */
  private interface Row {
    void add(RewardArm arm, int stage);
  }

  private void stages(Row row) {
    for (RewardArm arm : RewardArm.values()) {
      for (int stage = 0; stage <= report.plan().stages(); stage++) {
        row.add(arm, stage);
      }
    }
    text.append('\n');
  }

  private void row(String... cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  private void rule(int columns) {
    text.append('|').append("---|".repeat(columns)).append('\n');
  }

  private static String value(double value) {
    return String.format(ROOT, "%.4f", value);
  }

  private static String value(Interval found) {
    return found.text(4);
  }

  private static String difference(Interval found) {
    return found.signedText(4);
  }
}
