package io.searchloop.policy.release;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.searchloop.policy.rewrite.RewriteFormat;
import io.searchloop.policy.rewrite.RewriteOptions;
import io.searchloop.policy.rewrite.Tokenizer;
import org.jspecify.annotations.Nullable;

/**
 * What a worker needs to run the graph: its dimensions, and how prompts and answers are made.
 *
 * @param format version of the artifact format: {@link #FORMAT}, or {@link #FORMAT_WITH_OPTIONS}
 * @param vocabularySize token ids
 * @param layers transformer layers
 * @param keyValueHeads heads of the cache
 * @param headDimension width of a head
 * @param maxPromptTokens longest prompt
 * @param maxRewriteTokens longest rewrite, end token included
 * @param options what prompts carry and answers may be; null, and not written, when plain, so that
 *     artifacts without options keep their bytes
 */
public record PolicySpec(
    int format,
    int vocabularySize,
    int layers,
    int keyValueHeads,
    int headDimension,
    int maxPromptTokens,
    int maxRewriteTokens,
    @JsonProperty @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable RewriteOptions options) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The format of policies with {@link RewriteOptions#PLAIN}. */
  public static final int FORMAT = 1;

  /** The format of policies with options, which a reader of format 1 must refuse. */
  public static final int FORMAT_WITH_OPTIONS = 2;

  public PolicySpec {
    options = RewriteOptions.PLAIN.equals(options) ? null : options;
    if (options != null && format == FORMAT) {
      throw new IllegalArgumentException(
          "Policy of format %d has rewrite options, expected format %d. Write it with withOptions."
              .formatted(FORMAT, FORMAT_WITH_OPTIONS));
    }
  }

  /** A policy without options. */
  public PolicySpec(
      int format,
      int vocabularySize,
      int layers,
      int keyValueHeads,
      int headDimension,
      int maxPromptTokens,
      int maxRewriteTokens) {
    this(
        format,
        vocabularySize,
        layers,
        keyValueHeads,
        headDimension,
        maxPromptTokens,
        maxRewriteTokens,
        null);
  }

  /** These dimensions with options, in the oldest format that can say them. */
  public PolicySpec withOptions(RewriteOptions chosen) {
    return new PolicySpec(
        chosen.equals(RewriteOptions.PLAIN) ? FORMAT : FORMAT_WITH_OPTIONS,
        vocabularySize,
        layers,
        keyValueHeads,
        headDimension,
        maxPromptTokens,
        maxRewriteTokens,
        chosen);
  }

  /** Prompt and answer format of the policy. */
  public RewriteFormat rewriteFormat(Tokenizer tokenizer) {
    return new RewriteFormat(
        tokenizer,
        maxPromptTokens,
        maxRewriteTokens,
        options == null ? RewriteOptions.PLAIN : options);
  }

  /** Whether this code reads the format. */
  boolean readable() {
    return format == FORMAT || format == FORMAT_WITH_OPTIONS;
  }

  /** As JSON, without what is not set: equal policies have equal bytes, also of later versions. */
  public byte[] toJson() {
    try {
      return JSON.writeValueAsBytes(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Dimensions are always JSON", e);
    }
  }
}
