package io.searchloop.fuzzing;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Inputs by which a search of a target reached new code, kept as one file: gzip of a length (int,
 * big endian) and so many bytes, again and again.
 *
 * <p>In this module's folder, {@code java src/test/java/io/searchloop/fuzzing/Corpus.java keep}
 * keeps what searches on this machine left behind, in place of what was kept before, and {@code
 * restore} lays it out for the next search.
 *
 * @param target name of the target's class
 * @param method that reads an input
 */
public record Corpus(String target, String method) {
  private static final Path KEPT = Path.of("src", "test", "resources", "corpora");
  private static final Path FOUND = Path.of(".cifuzz-corpus");
  private static final String SUFFIX = ".gz";

  /** Keeps or restores all of them. */
  public static void main(String[] arguments) throws IOException {
    switch (arguments.length == 1 ? arguments[0] : "") {
      case "keep" -> {
        for (Path target : children(FOUND)) {
          for (Path method : children(target)) {
            new Corpus(name(target), name(method)).keep();
          }
        }
      }
      case "restore" -> {
        for (Corpus corpus : all()) {
          corpus.restore();
        }
      }
      default ->
          throw new IllegalArgumentException(
              "Arguments are %s, expected keep or restore.".formatted(List.of(arguments)));
    }
  }

  /** What is kept. */
  public static List<Corpus> all() throws IOException {
    return children(KEPT).stream().map(Corpus::of).toList();
  }

  private static Corpus of(Path file) {
    String name = name(file).substring(0, name(file).length() - SUFFIX.length());
    int dot = name.lastIndexOf('.');
    return new Corpus(name.substring(0, dot), name.substring(dot + 1));
  }

  /** Its inputs. */
  public List<byte[]> inputs() throws IOException {
    List<byte[]> inputs = new ArrayList<>();
    try (DataInputStream in =
        new DataInputStream(new GZIPInputStream(Files.newInputStream(kept())))) {
      while (true) {
        inputs.add(in.readNBytes(in.readInt()));
      }
    } catch (EOFException e) {
      return inputs;
    }
  }

  private void keep() throws IOException {
    Files.createDirectories(KEPT);
    List<Path> inputs = children(found());
    try (DataOutputStream out =
        new DataOutputStream(
            new BufferedOutputStream(new GZIPOutputStream(Files.newOutputStream(kept()))))) {
      for (Path input : inputs) {
        byte[] bytes = Files.readAllBytes(input);
        out.writeInt(bytes.length);
        out.write(bytes);
      }
    }
    System.out.printf("%s: %,d inputs, %,d bytes%n", kept(), inputs.size(), Files.size(kept()));
  }

  private void restore() throws IOException {
    Files.createDirectories(found());
    List<byte[]> inputs = inputs();
    for (int i = 0; i < inputs.size(); i++) {
      Files.write(found().resolve("kept-" + i), inputs.get(i));
    }
    System.out.printf("%s: %,d inputs%n", found(), inputs.size());
  }

  private Path kept() {
    return KEPT.resolve(target + "." + method + SUFFIX);
  }

  private Path found() {
    return FOUND.resolve(target).resolve(method);
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }

  private static List<Path> children(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children.sorted().toList();
    }
  }
}
