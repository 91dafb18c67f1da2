package io.searchloop.policy.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.searchloop.fuzzing.Bounds;
import io.searchloop.fuzzing.Parts;
import io.searchloop.policy.rewrite.Decoding;
import io.searchloop.policy.rewrite.QueryText;
import io.searchloop.policy.rewrite.RewriteOptions;
import io.searchloop.policy.rewrite.Tokenizer;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** The bytes of a policy: a ZIP of dimensions, tokenizer and graph. */
class ArtifactFuzz {
  private static final List<String> WORDS = List.of(" [^ ]+", " ?\\p{L}+|\\s+");
  private static final String TEXT = "Red Sofa 3-seat größe";

  static Stream<byte[]> seeds() {
    PolicySpec spec = new PolicySpec(PolicySpec.FORMAT, 300, 2, 2, 8, 16, 8);
    Tokenizer bytes = Tokenizer.of(singleBytes(), Pattern.compile(WORDS.get(0)));
    Tokenizer words = Tokenizer.of(singleBytes(), Pattern.compile(WORDS.get(1)));
    return Stream.of(
        new PolicyArtifact(spec, bytes, new byte[] {1, 2, 3}).toBytes(),
        new PolicyArtifact(
                spec.withOptions(new RewriteOptions(true, true, 2, 2, 3, Decoding.STRICT)),
                words,
                new byte[0])
            .toBytes());
  }

  @MethodSource("seeds")
  @FuzzTest
  void reads(byte[] input) throws Exception {
    Bounds.within(input.length, () -> check(input));
  }

  private static void check(byte[] input) {
    try {
      int offset = PolicyArtifact.graphOffset(input);
      assertThat(offset).isBetween(0, input.length);
    } catch (InvalidReleaseException e) {
      Bounds.requireNamed(e, "policy.onnx");
    }
    try {
      PolicyArtifact artifact = PolicyArtifact.read(input);
      if (!Parts.escapes(input)) {
        byte[] written = artifact.toBytes();
        assertThat(PolicyArtifact.read(written).toBytes()).isEqualTo(written);
        assertThat(PolicyArtifact.graphOffset(written)).isPositive();
      }
      Tokenizer tokenizer = artifact.tokenizer();
      Optional<String> decoded = tokenizer.decode(tokenizer.encode(TEXT));
      if (WORDS.contains(tokenizer.words().pattern())) {
        assertThat(decoded).contains(QueryText.normalise(TEXT));
      }
    } catch (InvalidReleaseException e) {
      Bounds.requireNamed(e);
    }
  }

  private static List<byte[]> singleBytes() {
    return IntStream.range(0, 256).mapToObj(value -> new byte[] {(byte) value}).toList();
  }
}
