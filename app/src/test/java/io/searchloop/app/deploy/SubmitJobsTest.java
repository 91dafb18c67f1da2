package io.searchloop.app.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.jobs.assembly.MinibatchJob;
import io.searchloop.jobs.attribution.RewardJob;
import io.searchloop.jobs.health.PolicyHealthJob;
import io.searchloop.jobs.launch.MinibatchJobMain;
import io.searchloop.jobs.launch.PolicyHealthJobMain;
import io.searchloop.jobs.launch.RewardJobMain;
import io.searchloop.testkit.Program;
import io.searchloop.testkit.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code submit-jobs.sh} with a {@code flink} that writes down what it is asked. */
@DisabledOnOs(OS.WINDOWS)
class SubmitJobsTest {
  private static final Path SCRIPT = Repository.ROOT.resolve("deploy/images/submit-jobs.sh");

  @TempDir private Path directory;

  @Test
  void startsEachJobOnceFromItsNewestCheckpoint() throws IOException {
    Path checkpoints = directory.resolve("checkpoints");
    checkpoint(checkpoints, "reward/a1/chk-7", 1_000);
    checkpoint(checkpoints, "reward/b2/chk-3", 2_000);
    flink("22.11.2026 08:00:00 : 0a1b : " + MinibatchJob.NAME + " (RUNNING)");

    Program.Ended answer = submit(checkpoints);

    assertThat(answer.exitCode()).as(answer.said()).isZero();
    List<String> asked = Files.readAllLines(directory.resolve("asked"));
    assertThat(asked).hasSize(3);
    assertThat(asked.get(0)).isEqualTo("list -m jobmanager:8081");
    assertThat(asked.get(1))
        .isEqualTo(
            "run -d -m jobmanager:8081 -s %1$s/reward/b2/chk-3 -D execution.checkpointing.dir=file://%1$s/%2$s -c %3$s jobs.jar jobs.properties"
                .formatted(checkpoints, RewardJob.NAME, RewardJobMain.class.getName()));
    assertThat(asked.get(2))
        .doesNotContain(" -s ")
        .contains("/" + PolicyHealthJob.NAME + " -c " + PolicyHealthJobMain.class.getName() + " ");
    assertThat(Repository.text("deploy/images/submit-jobs.sh"))
        .contains("submit " + MinibatchJob.NAME + " " + MinibatchJobMain.class.getName());
  }

  @Test
  void startsNothingWhenNobodyAnswers() throws IOException {
    executable("flink", "echo \"$@\" >> '" + directory + "/asked'; exit 1");

    assertThat(submit(directory).exitCode()).isNotZero();
    assertThat(Files.readAllLines(directory.resolve("asked"))).hasSize(1);
  }

  private Program.Ended submit(Path checkpoints) {
    return new Tool("env", "coreutils")
        .ask(
            directory,
            "",
            "PATH=" + directory + ":" + System.getenv("PATH"),
            "SEARCHLOOP_JOBS_JAR=jobs.jar",
            "bash",
            SCRIPT.toString(),
            "jobmanager:8081",
            "jobs.properties",
            checkpoints.toString());
  }

  private void flink(String listed) throws IOException {
    executable(
        "flink",
        "echo \"$@\" >> '" + directory + "/asked'; [ $1 = list ] && echo '" + listed + "' || true");
  }

  private void executable(String name, String line) throws IOException {
    Path file = Files.writeString(directory.resolve(name), "#!/bin/sh\n" + line + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private static void checkpoint(Path checkpoints, String name, long writtenMs) throws IOException {
    Path folder = Files.createDirectories(checkpoints.resolve(name));
    Path metadata = Files.writeString(folder.resolve("_metadata"), "");
    Files.setLastModifiedTime(metadata, FileTime.fromMillis(writtenMs));
  }
}
