package io.searchloop.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.app.doctor.Finding.State;
import io.searchloop.app.launcher.LoopSettings;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineChecksTest {
  private static final long GIB = 1L << 30;

  @Test
  void saysHowToMendWhatIsTooSmall(@TempDir Path directory) {
    assertThat(MachineChecks.java(11).remedy()).contains("Java 17");
    assertThat(MachineChecks.cores(1).state()).isEqualTo(State.WARNING);
    assertThat(MachineChecks.memory(3 * GIB, 4 * GIB).remedy()).contains("SEARCHLOOP_HEAP");
    assertThat(MachineChecks.memory(3 * GIB, 8 * GIB).state()).isEqualTo(State.OK);
    assertThat(MachineChecks.disk(directory, GIB, directory).state()).isEqualTo(State.WARNING);
    assertThat(MachineChecks.disk(directory, 1, directory).remedy()).contains("--data-dir");
    assertThat(MachineChecks.disk(directory, 9 * GIB, directory.resolve("none")).found())
        .contains("may not be written");
  }

  @Test
  void namesTheFlagOfATakenPort() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      List<Finding> findings =
          new PortChecks(LoopSettings.of(Map.of("serving.port", port), false)).findings();

      assertThat(findings)
          .filteredOn(finding -> finding.check().equals("port of the serving worker"))
          .singleElement()
          .satisfies(finding -> assertThat(finding.remedy()).contains("--serving.port"));
    }
  }

  @Test
  void saysWhatALibraryThatDoesNotLoadIsFor() {
    Finding finding =
        NativeChecks.look(
            "LightGBM",
            () -> {
              throw new UnsatisfiedLinkError("libgomp.so.1: cannot open shared object file");
            },
            State.WARNING,
            "install libgomp1");

    assertThat(finding.state()).isEqualTo(State.WARNING);
    assertThat(finding.found()).contains("libgomp.so.1");
  }
}
