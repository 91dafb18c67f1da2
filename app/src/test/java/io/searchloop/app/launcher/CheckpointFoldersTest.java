package io.searchloop.app.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFoldersTest {
  @TempDir Path home;
  private CheckpointFolders folders;

  @BeforeEach
  void open() {
    folders = new CheckpointFolders(home);
  }

  @Test
  void findsNothingInAnEmptyHome() {
    assertThat(folders.newest()).isEmpty();
  }

  @Test
  void newestIsTheHighestNumberOfAllRuns() throws IOException {
    complete("run-a", 9);
    complete("run-b", 10);
    complete("run-b", 8);

    assertThat(folders.newest()).contains(home.resolve("run-b/chk-10"));
  }

  @Test
  void passesOverCheckpointsThatWereNeverFinished() throws IOException {
    complete("run-a", 3);
    incomplete("run-a", 4);
    Files.createDirectories(home.resolve("run-a/shared"));

    assertThat(folders.newest()).contains(home.resolve("run-a/chk-3"));
  }

  @Test
  void keepsOnlyTheStartedRunAndItsBase() throws IOException {
    complete("oldest", 1);
    complete("base", 2);
    incomplete("died-before-its-first", 3);
    Files.createDirectories(home.resolve("started"));

    folders.keepOnly("started", Optional.of(home.resolve("base/chk-2")));

    assertThat(home).isDirectoryNotContaining("glob:**oldest");
    assertThat(home).isDirectoryNotContaining("glob:**died-before-its-first");
    assertThat(home.resolve("base/chk-2/_metadata")).exists();
    assertThat(home.resolve("started")).exists();
  }

  private void complete(String run, int number) throws IOException {
    incomplete(run, number);
    Files.writeString(home.resolve(run + "/chk-" + number + "/_metadata"), "metadata");
  }

  private void incomplete(String run, int number) throws IOException {
    Files.createDirectories(home.resolve(run + "/chk-" + number));
  }
}
