package io.searchloop.streams.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CountedResourceTest {
  private final AtomicInteger closed = new AtomicInteger();
  private final CountedResource<String> resource =
      new CountedResource<>("thing", closed::incrementAndGet);

  @Test
  void closesOnceWhenRetiredWithoutLeases() {
    resource.retire();
    resource.retire();

    assertThat(closed).hasValue(1);
    assertThat(resource.acquire()).isEmpty();
  }

  @Test
  void closesWithTheLastLeaseAfterRetirement() {
    Lease<String> first = resource.acquire().orElseThrow();
    Lease<String> second = resource.acquire().orElseThrow();
    resource.retire();
    first.close();
    first.close();
    assertThat(closed).hasValue(0);
    assertThat(resource.leases()).isEqualTo(1);

    second.close();

    assertThat(closed).hasValue(1);
    assertThat(resource.leases()).isZero();
  }

  @Test
  void aClosedLeaseLendsNothing() {
    Lease<String> lease = resource.acquire().orElseThrow();
    assertThat(lease.get()).isEqualTo("thing");
    lease.close();

    assertThatThrownBy(lease::get)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("try-with-resources");
  }
}
