import type { Host } from '../lab/host.ts';
import { webImage } from '../lab/images.ts';
import type { Screen } from './screen.js';
import { type Story, typeOn } from './stage.ts';

const page = 'http://127.0.0.1:8080/';
const file = '/etc/apps/site.yaml';
const patience = { timeoutMs: 60_000 };

/** `npm run demo -- watch`: a file is edited, and it happens; a slip of the keyboard, and nothing does. */
export const story: Story = {
  hosts: ['h1'],
  images: [webImage('1'), webImage('2')],
  async show(screen, [host]) {
    if (host !== undefined) await show(screen, host);
  },
};

async function show(screen: Screen, host: Host): Promise<void> {
  const type = (line: string): Promise<void> => typeOn(screen, host, line);
  screen.say('A folder, and in it an app:');
  await host.exec(['sh', '-c', `mkdir -p /etc/apps && cat >${file}`], {
    input: 'containers:\n  web: {image: "web:1", ports: ["8080:8080"]}\n',
  });
  await type(`cat ${file}`);
  await type('gear watch /etc/apps --install');
  await screen.step('the app comes up', () => becomes(host, 'web 1'));
  await type('gear watch status');

  screen.say('Edit the file:');
  await type(`sed -i s/web:1/web:2/ ${file}`);
  await screen.step('it happens', () => becomes(host, 'web 2'));

  screen.say('A slip of the keyboard leaves the last good version running:');
  await type(`sed -i s/image/imagee/ ${file}`);
  await screen.step('gear notices', () => told(host, 'imagee'));
  await type('gear watch status');
  await type(`curl -s ${page}`);
  await type(`sed -i s/imagee/image/ ${file}`);

  screen.say('Somebody removes the container by hand:');
  const before = await container(host);
  await type(`docker rm --force ${before}`);
  await screen.step('gear mends it', async () => {
    await told(host, 'site mended');
    await becomes(host, 'web 2');
    return `${before} is gone, ${await container(host)} serves`;
  });
  await type('gear watch --uninstall');
  screen.say('The watch is gone, and what it started runs on:');
  await type('gear ls');
}

/** Waits until the page has these words; tells how long that took. */
async function becomes(host: Host, words: string): Promise<string> {
  const began = Date.now();
  await host.waitFor(['sh', '-c', `curl -sf ${page} | grep -q '${words}'`], patience);
  return `"${words}" is served ${((Date.now() - began) / 1000).toFixed(1)} s later`;
}

async function told(host: Host, words: string): Promise<void> {
  await host.waitFor(
    ['sh', '-c', `journalctl --unit=gear-watch.service --output=cat | grep -q '${words}'`],
    patience,
  );
}

function container(host: Host): Promise<string> {
  return host.sh('docker ps --quiet --filter label=gear.name=site.web');
}
