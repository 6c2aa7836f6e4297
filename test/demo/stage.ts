import type { Host } from '../lab/host.ts';
import { LabUnavailable } from '../lab/errors.ts';
import type { ImageSpec } from '../lab/images.ts';
import { Lab } from '../lab/lab.ts';
import { loadImages } from '../lab/load-images.ts';
import { canRunLab } from '../lab/requirements.ts';
import type { Screen } from './screen.js';

/** What a demo is given. */
export interface Stage {
  readonly screen: Screen;
  /** The checkout, built. */
  readonly root: string;
  /** Leave the hosts up at the end. */
  readonly keep: boolean;
  /** Takes what is to be done when somebody ends the demo. */
  readonly onStop: (work: () => Promise<void>) => void;
}

/** One demo: its hosts, of which gear is typed on the first, the images that they have, and what is shown. */
export interface Story {
  readonly hosts: readonly [string, ...string[]];
  readonly images: readonly ImageSpec[];
  readonly show: (screen: Screen, hosts: readonly Host[]) => Promise<void>;
}

export type Outcome =
  { readonly ok: true } | { readonly ok: false; readonly status: number; readonly reason: string };

/** Boots the hosts, shows on them what gear does, and takes them down, however that ends. */
export async function perform(stage: Stage, story: Story): Promise<Outcome> {
  const { screen, keep, onStop } = stage;
  const able = canRunLab();
  if (!able.ok) return { ok: false, status: 5, reason: able.reason };
  let lab: Lab;
  try {
    lab = await boot(stage, story);
  } catch (error) {
    if (error instanceof LabUnavailable) return { ok: false, status: 5, reason: error.message };
    throw error;
  }
  onStop(() => lab.down());
  const them = story.hosts.length === 1 ? 'the host' : 'the hosts';
  try {
    await screen.step('making a small web image', () => load(lab, story));
    await story.show(
      screen,
      story.hosts.map((name) => lab.host(name)),
    );
  } catch (error) {
    await lab.down();
    throw error;
  }
  if (keep) await lab.release();
  else await screen.step(`taking ${them} down`, () => lab.down());
  screen.say(`Done in ${screen.elapsed()}. ${next(lab, story, keep)}`);
  return { ok: true };
}

async function boot({ screen, root }: Stage, { hosts }: Story): Promise<Lab> {
  const binds = [{ from: root, to: '/opt/gear', readOnly: true }];
  const name = `demo-${String(process.pid)}`;
  const [first, ...others] = hosts;
  const label =
    others.length === 0 ? 'booting a Debian host' : `booting ${String(hosts.length)} Debian hosts`;
  return screen.step(label, (progress) =>
    Lab.up({
      name,
      // gear is on the first alone: the others need nothing of it.
      hosts: [
        { name: first, suite: 'trixie', binds },
        ...others.map((each) => ({ name: each, suite: 'trixie' as const })),
      ],
      progress,
    }),
  );
}

async function load(lab: Lab, { hosts: [first, ...others], images }: Story): Promise<string> {
  const host = lab.host(first);
  await host.sh('ln -s /opt/gear/bin/run.cjs /usr/local/bin/gear');
  await Promise.all([first, ...others].map((name) => loadImages(lab.host(name), 'docker', images)));
  return host.sh(`docker image ls --format '{{.Repository}}:{{.Tag}}, {{.Size}}' web | sort | head -1`);
}

/** Types a line on a host, and lets its output be seen. One that ends otherwise than expected ends the demo. */
export async function typeOn(screen: Screen, host: Host, line: string, expected = 0): Promise<void> {
  screen.typed(host.name, line);
  const began = Date.now();
  const noColor = process.env['NO_COLOR'];
  const env = {
    TERM: process.env['TERM'] ?? 'dumb',
    ...(noColor === undefined ? {} : { NO_COLOR: noColor }),
  };
  const command = await host.spawn(line.split(' '), { stdio: 'inherit', env });
  const status = await command.exited;
  if (status !== expected) throw new Error(`"${line}" ended with status ${String(status)}`);
  screen.took(began, expected === 0 ? '' : `exit status ${String(expected)}, `);
}

function next({ name }: Lab, { hosts: [first] }: Story, kept: boolean): string {
  return kept
    ? `Still up. Try next: npm run lab -- exec --name ${name} ${first} gear --help (and to end it: npm run lab -- down --name ${name})`
    : 'Try next: npm run demo -- watch, npm run demo -- hosts; with --keep, to type gear there yourself.';
}
