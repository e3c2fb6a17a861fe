package dev.foldstream.devservices;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** A server that is not ours. */
final class Foreign implements AutoCloseable {

  private final ServerSocket socket;

  private Foreign(ServerSocket socket) {
    this.socket = socket;
  }

  static Foreign listeningOn(int port) throws IOException {
    var socket = new ServerSocket();
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    return new Foreign(socket);
  }

  int port() {
    return socket.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
