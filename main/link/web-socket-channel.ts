// A channel over a WebSocket of the `ws` package: one JSON text frame a message. What is not JSON closes the socket.
import type { WebSocket } from 'ws';
import type { Channel } from '#contract';

/** Frames that a slow reader may leave unsent before the socket is given up; the client connects and fetches again. */
const maxBufferedBytes = 64 * 1024 * 1024;
const closeUnsupportedData = 1003;
const closeTryAgainLater = 1013;

export function createWebSocketChannel(socket: WebSocket): Channel {
  // After a broken or oversized frame `ws` closes with the right code by itself; without a listener the program would end.
  socket.on('error', () => undefined);
  return {
    send(message) {
      if (socket.readyState !== socket.OPEN) return;
      if (socket.bufferedAmount > maxBufferedBytes) {
        socket.close(closeTryAgainLater, 'reader too slow');
        return;
      }
      socket.send(JSON.stringify(message));
    },
    onMessage(listener) {
      socket.on('message', (data, isBinary) => {
        let message: unknown;
        try {
          if (isBinary) throw new TypeError('binary frame');
          message = JSON.parse(data.toString());
        } catch {
          socket.close(closeUnsupportedData, 'a JSON text frame was expected');
          return;
        }
        listener(message);
      });
    },
    onClose(listener) {
      socket.on('close', listener);
    },
    close() {
      socket.close();
    },
  };
}
