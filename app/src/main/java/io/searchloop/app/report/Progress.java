package io.searchloop.app.report;

import io.searchloop.search.evaluation.Interval;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/**
 * Tells a person how the loop is doing: one line a report when headless, a block repainted in place
 * on a terminal.
 */
public final class Progress {
  private static final String UP_AND_CLEAR = "\u001b[%dA\u001b[J";

  private final PrintStream out;
  private final boolean repaint;
  private int painted;
  private long lastEvents;
  private Duration lastElapsed = Duration.ZERO;

  /**
   * @param repaint whether the terminal understands cursor movement
   */
  public Progress(PrintStream out, boolean repaint) {
    this.out = out;
    this.repaint = repaint;
  }

  /** A stage of the start-up. */
  public void stage(String sentence) {
    out.println(sentence);
    painted = 0;
  }

  /** The loop as it is now. */
  public void show(LoopSnapshot loop) {
    double eventsPerSecond = eventsPerSecond(loop);
    if (repaint) {
      repaint(loop, eventsPerSecond);
    } else {
      out.println(line(loop, eventsPerSecond));
    }
  }

  private void repaint(LoopSnapshot loop, double eventsPerSecond) {
    String block =
        format(
            """
              time       %s
              version    %d (step %d), %d released, %d swapped in
              reward     policy %s   identity %s   warm start %s   (per search, last two minutes)
              shoppers   %d searches, %d failed, %.0f events/s, lag %d
              trainer    %d minibatches, KL to warm start %s, effective sample share %s
            """,
            clock(loop.elapsed()),
            loop.activeVersion(),
            loop.step(),
            loop.releases(),
            loop.swaps(),
            mean(loop, Arm.POLICY),
            mean(loop, Arm.IDENTITY),
            mean(loop, Arm.REFERENCE),
            loop.searches(),
            loop.failedSearches(),
            eventsPerSecond,
            loop.lag(),
            loop.trained(),
            figure(loop, "reference_kl"),
            figure(loop, "effective_sample_share"));
    if (painted > 0) {
      out.print(format(UP_AND_CLEAR, painted));
    }
    out.print(block);
    out.flush();
    painted = (int) block.lines().count();
  }

  private String line(LoopSnapshot loop, double eventsPerSecond) {
    return format(
        "%s version %d step %d | reward policy %s identity %s warm start %s"
            + " | %d searches %d failed %.0f events/s lag %d | %d minibatches KL %s",
        clock(loop.elapsed()),
        loop.activeVersion(),
        loop.step(),
        mean(loop, Arm.POLICY),
        mean(loop, Arm.IDENTITY),
        mean(loop, Arm.REFERENCE),
        loop.searches(),
        loop.failedSearches(),
        eventsPerSecond,
        loop.lag(),
        loop.trained(),
        figure(loop, "reference_kl"));
  }

  private double eventsPerSecond(LoopSnapshot loop) {
    double seconds = loop.elapsed().minus(lastElapsed).toMillis() / 1000.0;
    double rate = seconds > 0 ? (loop.events() - lastEvents) / seconds : 0;
    lastElapsed = loop.elapsed();
    lastEvents = loop.events();
    return rate;
  }

  private static String clock(Duration elapsed) {
    return format("%02d:%02d", elapsed.toMinutes(), elapsed.toSecondsPart());
  }

  private static String mean(LoopSnapshot loop, Arm arm) {
    Interval reward = loop.recent().reward().get(arm);
    return reward == null ? "-" : format("%.3f", reward.mean());
  }

  /** A refused minibatch leaves no figure of this name. */
  private static String figure(LoopSnapshot loop, String name) {
    Double value = loop.learning().get(name);
    return value == null ? "-" : format("%.3f", value);
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
