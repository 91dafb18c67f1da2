package io.searchloop.schemas.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HostsTest {
  @Test
  void knowsWhatOnlyThisMachineReaches() {
    assertThat(List.of("127.0.0.1", "127.9.8.7", "localhost", "::1", "[::1]", "0:0:0:0:0:0:0:1"))
        .allMatch(Hosts::loopback);
    assertThat(List.of("0.0.0.0", "::", "10.0.0.1", "127.evil.example", "localhost.evil.example"))
        .noneMatch(Hosts::loopback);
  }

  @Test
  void knowsNamesThatNobodyCanPointHere() {
    assertThat(List.of("127.0.0.1:8083", "LOCALHOST:1", "[::1]:8083", "10.0.0.4"))
        .allMatch(header -> Hosts.fixed(Hosts.name(header)));
    assertThat(List.of("evil.example", "127.0.0.1.evil.example:80", ""))
        .noneMatch(header -> Hosts.fixed(Hosts.name(header)));
  }
}
