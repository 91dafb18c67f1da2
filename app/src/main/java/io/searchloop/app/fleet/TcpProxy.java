package io.searchloop.app.fleet;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A way to a server on this machine that can be slow or cut. Two threads a connection. Safe for use
 * by several threads.
 */
final class TcpProxy implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TcpProxy.class);
  private static final int CHUNK = 16 * 1024;
  private static final int BACKLOG = 128;

  private final InetSocketAddress target;
  private final ServerSocket door;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ExecutorService pumps =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "proxy");
            thread.setDaemon(true);
            return thread;
          });
  private volatile Duration delay = Duration.ZERO;
  private volatile boolean cut;

  private TcpProxy(InetSocketAddress target, ServerSocket door) {
    this.target = target;
    this.door = door;
  }

  /**
   * Opens a way to a port of this machine, which need not listen yet.
   *
   * @param port of the server
   */
  static TcpProxy to(int port) {
    InetAddress here = InetAddress.getLoopbackAddress();
    try {
      TcpProxy proxy =
          new TcpProxy(new InetSocketAddress(here, port), new ServerSocket(0, BACKLOG, here));
      proxy.pumps.execute(proxy::welcome);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot open a way to port " + port, e);
    }
  }

  /** Where clients connect. */
  int port() {
    return door.getLocalPort();
  }

  /** From now on everything takes this much longer, each way. */
  void delay(Duration delay) {
    this.delay = delay;
  }

  /** Breaks all connections and lets none in. */
  void cut() {
    cut = true;
    open.forEach(TcpProxy::shut);
  }

  /** As if nothing had been. */
  void heal() {
    delay = Duration.ZERO;
    cut = false;
  }

  @Override
  public void close() {
    shut(door);
    open.forEach(TcpProxy::shut);
    pumps.shutdownNow();
  }

  private void welcome() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        if (cut) {
          shut(client);
        } else {
          pumps.execute(() -> connect(client));
        }
      } catch (IOException e) {
        if (!door.isClosed()) {
          LOG.warn("No connection could be taken: target={}", target, e);
        }
      }
    }
  }

  private void connect(Socket client) {
    open.add(client);
    Socket server = new Socket();
    open.add(server);
    try {
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      server.connect(target);
      pumps.execute(() -> pump(server, client));
      pump(client, server);
    } catch (IOException e) {
      end(client, server);
    }
  }

  /** Carries bytes one way until either side ends. */
  private void pump(Socket from, Socket to) {
    byte[] chunk = new byte[CHUNK];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(chunk); n >= 0 && !cut; n = in.read(chunk)) {
        LockSupport.parkNanos(delay.toNanos());
        out.write(chunk, 0, n);
      }
    } catch (IOException e) {
      LOG.debug("A connection ended: target={}", target, e);
    } finally {
      end(from, to);
    }
  }

  private void end(Socket one, Socket other) {
    shut(one);
    shut(other);
    open.remove(one);
    open.remove(other);
  }

  private static void shut(Closeable end) {
    try {
      end.close();
    } catch (IOException e) {
      LOG.debug("Already broken", e);
    }
  }
}
