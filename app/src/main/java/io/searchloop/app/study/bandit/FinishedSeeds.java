package io.searchloop.app.study.bandit;

import io.searchloop.app.json.ReportJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Seeds that were run before under the same plan, a file each, so that a study can go on. */
final class FinishedSeeds {
  private final BanditPlan plan;
  private final Path folder;

  FinishedSeeds(BanditPlan plan, Path folder) {
    this.plan = plan;
    this.folder = folder;
  }

  /**
   * Figures of a seed, when they are there.
   *
   * @throws IllegalStateException when they were made under another plan
   */
  Optional<SeedFigures> find(long seed) {
    Path file = file(seed);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Finished found = ReportJson.read(file, Finished.class);
    plan.madeUnder(seed).requireSame(file, found.plan().madeUnder(seed));
    return Optional.of(found.figures());
  }

  void keep(SeedFigures figures) {
    ReportJson.write(file(figures.seed()), new Finished(plan.of(figures.seed()), figures));
  }

  private Path file(long seed) {
    return folder.resolve("seed-" + seed + ".json");
  }

  /** What is kept of a seed. */
  record Finished(BanditPlan plan, SeedFigures figures) {}
}
