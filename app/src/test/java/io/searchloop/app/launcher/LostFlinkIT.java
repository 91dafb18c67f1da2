package io.searchloop.app.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.app.audit.Audit;
import io.searchloop.app.audit.AuditReport;
import io.searchloop.app.dataset.GeneratedMarketplace;
import io.searchloop.schemas.GroupMember;
import io.searchloop.schemas.MinibatchKind;
import io.searchloop.schemas.RolloutGroup;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.TupleOrigin;
import io.searchloop.schemas.log.TopicLog;
import io.searchloop.testkit.Eventually;
import io.searchloop.trainer.intake.KafkaMinibatchSource;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A loop whose jobs lose every checkpoint goes on as if nothing had been, and proves it. */
@Tag("external")
class LostFlinkIT {
  private static final LoopSettings SETTINGS = SmallShop.settings(5, Map.of());

  @TempDir Path directory;
  @TempDir Path warmStarts;

  @Test
  void nothingIsLostAndNothingIsTaughtTwice() {
    long tuples;
    long step;
    try (EmbeddedLoop loop = start()) {
      awaitStep(loop, 6);
      loop.closeShop();
      tuples = audit(loop).tuples();
      step = loop.trainer().step();
    }
    Directories.delete(directory.resolve("flink"));

    try (EmbeddedLoop loop = start()) {
      awaitStep(loop, step + 6);
      loop.closeShop();
      AuditReport audit = audit(loop);

      assertThat(audit.violations()).isEmpty();
      assertThat(audit.tuples()).isGreaterThan(tuples);
      assertThat(taught(loop)).doesNotHaveDuplicates().hasSizeGreaterThan(100);
    }
  }

  /** Rollouts that only one search showed, as often as minibatches hold them. */
  private static List<String> taught(EmbeddedLoop loop) {
    return TopicLog.readAll(Topics.MINIBATCHES, loop.bootstrapServers(), loop.serdes()).stream()
        .filter(located -> located.value().getKind() == MinibatchKind.GROUPS)
        .flatMap(located -> located.value().getGroups().stream())
        .filter(group -> group.getOrigin() != TupleOrigin.SLATE)
        .map(RolloutGroup::getMembers)
        .flatMap(List::stream)
        .map(GroupMember::getRolloutId)
        .toList();
  }

  private EmbeddedLoop start() {
    EmbeddedLoop loop =
        EmbeddedLoop.start(
            directory,
            warmStarts,
            SETTINGS,
            GeneratedMarketplace.generate(SETTINGS.marketplace()),
            InstantSource.system(),
            stage -> {});
    loop.openShop();
    return loop;
  }

  private static void awaitStep(EmbeddedLoop loop, long step) {
    Eventually.decided(() -> Optional.of(step).filter(wanted -> loop.trainer().step() >= wanted));
  }

  private static AuditReport audit(EmbeddedLoop loop) {
    return new Audit(loop.bootstrapServers(), loop.serdes(), KafkaMinibatchSource.GROUP).run();
  }
}
