import type { Host } from '../lab/host.ts';
import { webImage } from '../lab/images.ts';
import type { Screen } from './screen.js';
import { type Story, typeOn } from './stage.ts';

/** The exit status of a command of which a host was out of reach. */
const outOfReach = 3;

/** `npm run demo -- hosts`: three hosts that have nothing of gear, from a fourth; one of them loses its power. */
export const story: Story = {
  hosts: ['desk', 'web1', 'web2', 'web3'],
  images: [webImage('1'), webImage('2')],
  async show(screen, [desk, , , web3]) {
    if (desk !== undefined && web3 !== undefined) await show(screen, desk, web3);
  },
};

async function show(screen: Screen, desk: Host, web3: Host): Promise<void> {
  const type = (line: string, expected = 0): Promise<void> => typeOn(screen, desk, line, expected);
  screen.say('Hosts need sshd, systemd and an engine, and nothing of gear:');
  for (const name of ['web1', 'web2', 'web3']) await type(`gear host add ${name} root@${name}`);
  await type('gear install web:1 web1/shop web2/shop web3/shop --publish 8080:8080');
  await type('gear status --host all');

  screen.say('web3 loses its power, as by a pulled plug:');
  await screen.step('pulling the plug of web3', () => web3.kill());
  await type('gear set web1/shop web2/shop web3/shop --image web:2', outOfReach);
  await type('gear ls --host all', outOfReach);

  screen.say('It comes back, and the same command finishes the work:');
  await screen.step('booting web3', async () => {
    await web3.start();
    await desk.waitFor(['ssh', '-o', 'BatchMode=yes', 'web3', 'true'], { timeoutMs: 60_000 });
  });
  await type('gear set web1/shop web2/shop web3/shop --image web:2');
  await type('gear ls --host all');
}
