import type { Host } from '../lab/host.ts';
import { check, webImage } from '../lab/images.ts';
import type { Screen } from './screen.js';
import { type Story, typeOn } from './stage.ts';

const page = 'http://127.0.0.1:8080/';

/** `npm run demo`: a container is installed, dies, and comes back. */
export const story: Story = {
  hosts: ['h1'],
  images: [webImage('1', { health: check(`wget -q -O /dev/null ${page}`) })],
  async show(screen, [host]) {
    if (host !== undefined) await show(screen, host);
  },
};

async function show(screen: Screen, host: Host): Promise<void> {
  const type = (line: string): Promise<void> => typeOn(screen, host, line);
  await type('gear install web:1 web --publish 8080:8080');
  await type('gear status web');
  await type(`curl -s ${page}`);

  screen.say('Now the container dies, as by a fault of its own:');
  const before = await payloadPid(host);
  await type(`kill -9 ${before}`);
  await screen.step('systemd brings it back', async () => {
    await host.waitFor(['curl', '-sf', page], { timeoutMs: 30_000 });
    await host.waitFor(['systemctl', 'is-active', 'ctr-web-ready.service'], { timeoutMs: 30_000 });
    const after = await payloadPid(host);
    if (after === before) throw new Error(`the process ${before} survived`);
    return `pid ${before} is gone, pid ${after} serves`;
  });
  await type('gear status web');
  await type('gear rm web');
}

function payloadPid(host: Host): Promise<string> {
  return host.sh(
    `docker inspect --format '{{.State.Pid}}' $(docker ps --quiet --filter label=gear.name=web)`,
  );
}
