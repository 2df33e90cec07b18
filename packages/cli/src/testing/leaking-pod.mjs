// The programs of leaking-pod.sh, in one process: a proxy that closes its half as soon as it was
// spoken to, and an application that closes the other half when nothing translates that any more.
import { connect, createServer } from 'node:net';

const half = { allowHalfOpen: true };
const noError = () => undefined;

createServer(half, (socket) => {
  socket.on('error', noError).once('data', () => socket.end('bye'));
}).listen(15001, '0.0.0.0', leak);

createServer((socket) => socket.on('error', noError).resume()).listen(7070, '::');

function leak() {
  const client = connect({
    ...half,
    host: '10.77.0.2',
    port: 7777,
    localAddress: '10.77.0.1',
    localPort: 44410,
  });
  client.write('hello');
  client.once('end', () => setTimeout(() => client.destroy(), 3000)).resume();
  client.once('close', () => {
    setTimeout(() => process.stdout.write('leaked\n'), 500);
    setInterval(talk, 300);
  });
}

/** Traffic to be captured: through the proxy, to nobody, and over IPv6. */
function talk() {
  const through = connect({ host: '10.77.0.2', port: 7777 }).on('error', noError);
  through.end('a secret of the application');
  const lost = connect({ host: '10.77.0.9', port: 9000 }).on('error', noError);
  setTimeout(() => lost.destroy(), 2000);
  connect({ host: 'fd00:77::1', port: 7070 }).on('error', noError).end('another secret');
}
