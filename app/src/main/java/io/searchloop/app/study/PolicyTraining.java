package io.searchloop.app.study;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.train.Beginning;
import io.searchloop.app.train.TrainRun;
import io.searchloop.app.train.TrainSettings;
import io.searchloop.policy.release.PolicyDirectory;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Trains the policies of a study, each once: one that is there is kept, one that was stopped goes
 * on.
 */
public record PolicyTraining(InstantSource clock, PrintStream console) {

  /**
   * Trains what a study cannot do without.
   *
   * @throws IllegalStateException when the release gate refuses it
   */
  public void require(
      Dataset dataset, Path out, Map<String, String> settings, @Nullable Path from) {
    String refused = train(dataset, out, settings, from);
    if (!refused.isEmpty()) {
      throw new IllegalStateException(
          "The release gate refuses %s: %s. Change the settings, or the gate's (trainer.gate.*), and choose another --out."
              .formatted(out, refused));
    }
  }

  /**
   * Trains unless it was done before. Runs on the caller's thread.
   *
   * @param from policy to go on from; null begins with drawn weights
   * @return why the release gate refuses the policy; empty when it does not
   * @throws IllegalStateException when what is there was trained under other settings
   */
  String train(Dataset dataset, Path out, Map<String, String> settings, @Nullable Path from) {
    MadeUnder made = MadeUnder.of(dataset, settings, from);
    if (PolicyDirectory.sealed(out)) {
      made.requireSame(out, console::println);
      return "";
    }
    made.keep(out);
    console.println("Training " + out + " ...");
    return new TrainRun(
            dataset, TrainSettings.of(settings), settings, Beginning.of(from), out, clock, console)
        .run()
        .refused();
  }
}
