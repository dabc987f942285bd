import { connect, createServer, type Socket } from 'node:net';

/** A door to a port of this machine that can be frozen: nothing passes any more, and nobody is notified. */
export async function slowDoor(target: number) {
  const sockets = new Set<Socket>();
  let open = true;
  let tell = () => {};
  const frozen = new Promise<void>((resolve) => (tell = resolve));
  const server = createServer((inner) => {
    const outer = connect(target, '127.0.0.1');
    const ends: [Socket, Socket][] = [
      [inner, outer],
      [outer, inner],
    ];
    for (const [from, to] of ends) {
      sockets.add(from);
      from.on('error', () => {});
      from.on('data', (chunk) => open && to.write(chunk));
      from.on('close', () => open && to.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    frozen,
    freeze() {
      open = false;
      tell();
    },
    thaw() {
      for (const socket of sockets) socket.destroy();
      open = true;
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
