package io.searchloop.policy.release;

import io.searchloop.policy.release.DirectoryManifest.SealedFile;
import io.searchloop.policy.rewrite.Tokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A policy at rest: what training leaves behind, evaluation reads and a loop imports.
 *
 * <pre>
 *   manifest.json      format, dimensions, hash of every file, provenance; written last
 *   model.safetensors  weights under their names in Hugging Face's checkpoints
 *   config.json        the network's shape, as there
 *   tokenizer.json     vocabulary
 *   policy.onnx        the graph that workers run
 *   probes.json        queries that releases are tried on: train queries, private like all queries
 * </pre>
 *
 * <p>Opening verifies every byte, so whoever holds one of these holds what was sealed. Immutable;
 * any thread.
 */
public final class PolicyDirectory {
  public static final String WEIGHTS = "model.safetensors";
  public static final String CONFIG = "config.json";
  public static final String TOKENIZER = "tokenizer.json";
  public static final String GRAPH = "policy.onnx";
  public static final String PROBES = "probes.json";

  private static final String MANIFEST = "manifest.json";
  private static final List<String> FILES = List.of(WEIGHTS, CONFIG, TOKENIZER, GRAPH, PROBES);

  private final Path path;
  private final DirectoryManifest manifest;

  private PolicyDirectory(Path path, DirectoryManifest manifest) {
    this.path = path;
    this.manifest = manifest;
  }

  /**
   * Seals a directory that holds all files but the manifest. Until then it is no policy directory,
   * so an interrupted writer leaves none.
   */
  public static PolicyDirectory seal(Path path, PolicySpec spec, PolicyProvenance provenance) {
    Map<String, SealedFile> files = new LinkedHashMap<>();
    FILES.forEach(name -> files.put(name, read(path, name)));
    DirectoryManifest manifest =
        new DirectoryManifest(DirectoryManifest.FORMAT, spec, files, provenance);
    try {
      Path partial = path.resolve(MANIFEST + ".partial");
      Files.write(partial, manifest.toJson());
      Files.move(partial, path.resolve(MANIFEST), StandardCopyOption.ATOMIC_MOVE);
      return new PolicyDirectory(path, manifest);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot seal policy directory " + path, e);
    }
  }

  /** Takes the seal off, before files are written anew. */
  public static void unseal(Path path) {
    try {
      Files.createDirectories(path);
      Files.deleteIfExists(path.resolve(MANIFEST));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot open policy directory " + path + " for writing", e);
    }
  }

  /** Whether a directory is sealed; it may still be damaged. */
  public static boolean sealed(Path path) {
    return Files.exists(path.resolve(MANIFEST));
  }

  /**
   * Opens and verifies a directory.
   *
   * @throws InvalidReleaseException naming the first thing that is not as sealed
   */
  public static PolicyDirectory open(Path path) {
    if (!sealed(path)) {
      throw new InvalidReleaseException(
          "%s: found no %s, expected a policy directory. Train one: ./searchloop train --out %s"
              .formatted(path, MANIFEST, path));
    }
    DirectoryManifest manifest =
        DirectoryManifest.fromJson(path.resolve(MANIFEST).toString(), bytes(path, MANIFEST));
    for (String name : FILES) {
      SealedFile expected = manifest.files().get(name);
      SealedFile found = read(path, name);
      if (!found.equals(expected)) {
        throw new InvalidReleaseException(
            "%s: found %s, the manifest says %s. Copy the directory again, or train it anew."
                .formatted(path.resolve(name), describe(found), describe(expected)));
      }
    }
    return new PolicyDirectory(path, manifest);
  }

  public DirectoryManifest manifest() {
    return manifest;
  }

  /** Dimensions, prompt and answer format. */
  public PolicySpec spec() {
    return manifest.spec();
  }

  /** The policy as workers run it. */
  public PolicyArtifact artifact() {
    try {
      Tokenizer tokenizer = Tokenizer.fromJson(bytes(path, TOKENIZER));
      return new PolicyArtifact(manifest.spec(), tokenizer, bytes(path, GRAPH));
    } catch (IllegalArgumentException e) {
      throw new InvalidReleaseException(path + ": " + e.getMessage(), e);
    }
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /** A file of the directory. */
  public Path file(String name) {
    return path.resolve(name);
  }

  private static String describe(@Nullable SealedFile file) {
    return file == null ? "no such file" : file.length() + " bytes with SHA-256 " + file.sha256();
  }

  private static SealedFile read(Path path, String name) {
    Path file = path.resolve(name);
    if (!Files.isRegularFile(file)) {
      throw new InvalidReleaseException(
          "%s: found no file, expected one of %s. Copy the directory again, or train it anew."
              .formatted(file, FILES));
    }
    MessageDigest digest = Sha256.digest();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      long length = in.transferTo(OutputStream.nullOutputStream());
      return new SealedFile(length, HexFormat.of().formatHex(digest.digest()));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }

  private static byte[] bytes(Path path, String name) {
    try {
      return Files.readAllBytes(path.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + path.resolve(name), e);
    }
  }
}
