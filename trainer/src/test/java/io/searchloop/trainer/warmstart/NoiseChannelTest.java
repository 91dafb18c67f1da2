package io.searchloop.trainer.warmstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NoiseChannelTest {
  private final Random random = new Random(7);

  @Test
  void alignsSubstitutionDeletionInsertionAndSwap() {
    assertThat(SpellingEdit.between("fence", "fance")).containsExactly(new SpellingEdit("e", "a"));
    assertThat(SpellingEdit.between("fence", "fece")).containsExactly(new SpellingEdit("n", ""));
    assertThat(SpellingEdit.between("fence", "fencce"))
        .singleElement()
        .satisfies(edit -> assertThat(edit.written()).hasSize(2));
    assertThat(SpellingEdit.between("fence", "fecne"))
        .containsExactly(new SpellingEdit("nc", "cn"));
    assertThat(SpellingEdit.between("fence", "xfence"))
        .containsExactly(new SpellingEdit("f", "xf"));
  }

  @Test
  void treatsJoinsAndSplitsAsEditsOfASpace() {
    assertThat(SpellingEdit.between("outdoor lounge", "outdoorlounge"))
        .containsExactly(new SpellingEdit(" ", ""));
    assertThat(SpellingEdit.between("backyard", "back yard"))
        .containsExactly(new SpellingEdit("k", "k "));
  }

  @Test
  void undoesNothingThatIsEqual() {
    assertThat(SpellingEdit.between("sofa", "sofa")).isEmpty();
    assertThat(SpellingEdit.between("", "sofa")).isEmpty();
  }

  @Test
  void repeatsTheSlipsItHasSeen() {
    NoiseChannel noise = NoiseChannel.learn(List.of(new WeightedPair("zofa", "sofa", 1_000)));

    long observed =
        IntStream.range(0, 200).filter(i -> noise.misspell("sun", random).equals("zun")).count();

    assertThat(observed).isGreaterThan(150);
  }

  @Test
  void passesOverPairsThatAreOtherWords() {
    NoiseChannel noise = NoiseChannel.learn(List.of(new WeightedPair("couch", "sofa", 1_000)));
    NoiseChannel generic = NoiseChannel.generic();

    assertThat(noise.misspell("garden hose", new Random(3)))
        .isEqualTo(generic.misspell("garden hose", new Random(3)));
  }

  @Test
  void changesTextsByAFewSlipsOnly() {
    NoiseChannel noise = NoiseChannel.generic();

    for (int i = 0; i < 500; i++) {
      String written = noise.misspell("pressure washer", random);
      assertThat(SpellingEdit.between("pressure washer", written)).hasSizeBetween(0, 4);
      assertThat(written).isNotEmpty();
    }
    assertThat(noise.misspell("pressure washer", new Random(1))).isNotEqualTo("pressure washer");
  }

  @Test
  void leavesTextsAloneThatHaveNoSlip() {
    assertThat(NoiseChannel.generic().misspell("7", random)).isEqualTo("7");
  }
}
