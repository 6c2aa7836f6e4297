import type { Host } from '../lab/host.ts';
import { LabUnavailable } from '../lab/errors.ts';
import { check, webImage } from '../lab/images.ts';
import { Lab } from '../lab/lab.ts';
import { loadImages } from '../lab/load-images.ts';
import { canRunLab } from '../lab/requirements.ts';
import type { Screen } from './screen.js';

interface Stage {
  readonly screen: Screen;
  /** The checkout, built. */
  readonly root: string;
  /** Leave the host up at the end. */
  readonly keep: boolean;
  /** Takes what is to be done when somebody ends the demo. */
  readonly onStop: (work: () => Promise<void>) => void;
}

type Outcome =
  { readonly ok: true } | { readonly ok: false; readonly status: number; readonly reason: string };

const page = 'http://127.0.0.1:8080/';

/** Boots a host, shows on it what gear does, and takes it down, however that ends. */
export async function tell(stage: Stage): Promise<Outcome> {
  const { screen, root, keep, onStop } = stage;
  const able = canRunLab();
  if (!able.ok) return { ok: false, status: 5, reason: able.reason };
  let lab: Lab;
  try {
    lab = await boot(screen, root);
  } catch (error) {
    if (error instanceof LabUnavailable) return { ok: false, status: 5, reason: error.message };
    throw error;
  }
  onStop(() => lab.down());
  try {
    await show(screen, lab.host('h1'));
  } catch (error) {
    await lab.down();
    throw error;
  }
  if (keep) await lab.release();
  else await screen.step('taking the host down', () => lab.down());
  screen.say(`Done in ${screen.elapsed()}. ${next(lab.name, keep)}`);
  return { ok: true };
}

async function boot(screen: Screen, root: string): Promise<Lab> {
  const binds = [{ from: root, to: '/opt/gear', readOnly: true }];
  const name = `demo-${String(process.pid)}`;
  const lab = await screen.step('booting a Debian host', (progress) =>
    Lab.up({ name, hosts: [{ name: 'h1', suite: 'trixie', binds }], progress }),
  );
  const host = lab.host('h1');
  await host.sh('ln -s /opt/gear/bin/run.cjs /usr/local/bin/gear');
  await screen.step('making a small web image', async () => {
    const image = webImage('1', { health: check(`wget -q -O /dev/null ${page}`) });
    await loadImages(host, 'docker', [image]);
    return host.sh(`docker image ls --format '{{.Repository}}:{{.Tag}}, {{.Size}}' web`);
  });
  return lab;
}

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

async function typeOn(screen: Screen, host: Host, line: string): Promise<void> {
  screen.typed(host.name, line);
  const began = Date.now();
  const noColor = process.env['NO_COLOR'];
  const env = {
    TERM: process.env['TERM'] ?? 'dumb',
    ...(noColor === undefined ? {} : { NO_COLOR: noColor }),
  };
  const command = await host.spawn(line.split(' '), { stdio: 'inherit', env });
  const status = await command.exited;
  if (status !== 0) throw new Error(`"${line}" ended with status ${String(status)}`);
  screen.took(began);
}

function payloadPid(host: Host): Promise<string> {
  return host.sh(
    `docker inspect --format '{{.State.Pid}}' $(docker ps --quiet --filter label=gear.name=web)`,
  );
}

function next(lab: string, kept: boolean): string {
  return kept
    ? `The host is up. Try next: npm run lab -- exec --name ${lab} h1 gear --help (and to end it: npm run lab -- down --name ${lab})`
    : 'Try next: npm run demo -- --keep (leaves the host up, to type gear there), or: node bin/run.cjs --help';
}
