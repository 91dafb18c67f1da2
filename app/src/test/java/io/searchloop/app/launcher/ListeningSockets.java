package io.searchloop.app.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** What a process of Linux listens on, as the kernel has it. */
final class ListeningSockets {
  private static final Path SELF = Path.of("/proc/self");
  private static final Pattern SOCKET = Pattern.compile("socket:\\[(\\d+)]");
  private static final String LISTENS = "0A";
  private static final int LOCAL = 1;
  private static final int STATE = 3;
  private static final int INODE = 9;

  private ListeningSockets() {}

  /** Addresses with ports, such as {@code 127.0.0.1:8080}. */
  static List<String> ofThisProcess() throws IOException {
    Assumptions.assumeTrue(Files.exists(SELF.resolve("net/tcp")), "No /proc: this is no Linux");
    Set<String> own = sockets();
    List<String> found = new ArrayList<>();
    for (String table : List.of("net/tcp", "net/tcp6")) {
      if (Files.exists(SELF.resolve(table))) {
        List<String> lines = Files.readAllLines(SELF.resolve(table));
        for (String line : lines.subList(1, lines.size())) {
          String[] columns = line.strip().split("\\s+");
          if (columns[STATE].equals(LISTENS) && own.contains(columns[INODE])) {
            found.add(address(columns[LOCAL]));
          }
        }
      }
    }
    return found;
  }

  private static Set<String> sockets() throws IOException {
    Set<String> inodes = new HashSet<>();
    try (Stream<Path> files = Files.list(SELF.resolve("fd"))) {
      for (Path file : files.toList()) {
        Matcher socket = SOCKET.matcher(target(file));
        if (socket.matches()) {
          inodes.add(socket.group(1));
        }
      }
    }
    return inodes;
  }

  private static String target(Path file) {
    try {
      return Files.readSymbolicLink(file).toString();
    } catch (IOException e) {
      return ""; // closed meanwhile
    }
  }

  /** The kernel writes words of four bytes in its own order; a mapped address is read as IPv4. */
  private static String address(String hex) throws IOException {
    String[] parts = hex.split(":");
    ByteBuffer words = ByteBuffer.wrap(HexFormat.of().parseHex(parts[0]));
    ByteBuffer bytes = ByteBuffer.allocate(words.capacity());
    while (words.hasRemaining()) {
      bytes.putInt(words.order(ByteOrder.nativeOrder()).getInt());
    }
    String host = InetAddress.getByAddress(bytes.array()).getHostAddress();
    return host.replace("0:0:0:0:0:0:0:1", "::1") + ":" + Integer.parseInt(parts[1], 16);
  }
}
