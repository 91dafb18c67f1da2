package io.searchloop.policy.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GroupKeyTest {
  private final int[] prompt = {1, 10, 2};

  @Test
  void isSharedByQueriesThatDifferInCaseAndSpacesOnly() {
    assertThat(GroupKey.of(QueryContext.of(" Red  Shoes"), prompt, 1, -1))
        .isEqualTo(GroupKey.of(QueryContext.of("red shoes"), prompt, 1, -1));
  }

  @Test
  void differsByPromptEpochAndLineage() {
    String key = GroupKey.of(QueryContext.of("red"), prompt, 1, -1);

    assertThat(GroupKey.of(QueryContext.of("red"), new int[] {1, 11, 2}, 1, -1)).isNotEqualTo(key);
    assertThat(GroupKey.of(QueryContext.of("red"), prompt, 2, -1)).isNotEqualTo(key);
    assertThat(GroupKey.of(QueryContext.of("red"), prompt, 1, 7)).isNotEqualTo(key);
  }
}
