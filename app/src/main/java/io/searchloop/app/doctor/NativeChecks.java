package io.searchloop.app.doctor;

import io.searchloop.app.relevance.LightGbm;
import io.searchloop.streams.inference.OnnxLibrary;
import io.searchloop.trainer.network.LibTorch;
import java.util.List;

/** Whether the libraries that are no Java load on this machine. */
final class NativeChecks {
  /** Loads a library; says its version, or nothing. */
  interface Library {
    String load() throws Exception;
  }

  List<Finding> findings() {
    return List.of(
        look(
            "ONNX Runtime",
            OnnxLibrary::load,
            Finding.State.PROBLEM,
            "Workers need it: use 64-bit Linux with glibc 2.28 or newer (not Alpine), macOS or"
                + " Windows."),
        look(
            "libtorch",
            NativeChecks::torch,
            Finding.State.PROBLEM,
            "The trainer needs it: use 64-bit x86 Linux with glibc, or build with"
                + " -Dnative.platform=PLATFORM."),
        look(
            "LightGBM",
            NativeChecks::lightGbm,
            Finding.State.WARNING,
            "Only relevance models need it (--rerank): install GNU OpenMP, on Debian libgomp1."),
        look(
            "RocksDB",
            NativeChecks::rocksDb,
            Finding.State.WARNING,
            "Only flink.state-backend=rocksdb needs it: use 64-bit Linux with glibc, or leave the"
                + " state on the heap."));
  }

  static Finding look(String name, Library library, Finding.State otherwise, String remedy) {
    try {
      return Finding.ok(name, library.load());
    } catch (Exception | LinkageError e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      return new Finding(name, otherwise, "does not load: " + cause.getMessage(), remedy);
    }
  }

  private static String torch() {
    LibTorch.initialise(1);
    return "loads";
  }

  private static String lightGbm() {
    LightGbm.load();
    return "loads";
  }

  /** By name, as Flink loads it: it is on the class path, but no dependency of this code. */
  private static String rocksDb() throws ReflectiveOperationException {
    Class.forName("org.rocksdb.RocksDB").getMethod("loadLibrary").invoke(null);
    return "loads";
  }
}
