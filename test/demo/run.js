/**
 * `npm run demo`: from a fresh checkout to a container under a real systemd, and back to nothing. Plain JavaScript
 * with Node's own modules, because it is what installs the rest.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { onStop, runTool } from './process.js';
import { createScreen } from './screen.js';

const usage = `Usage: npm run demo [-- watch|hosts] [-- --keep] [-- --cache FOLDER]

  (nothing)       a container under systemd: installed, killed, back again
  watch           a folder that is watched: a file is edited, and it happens
  hosts           three hosts over SSH, one of which loses its power

  --keep          leave the host up at the end
  --cache FOLDER  where the host's system is kept once it is built (default: /var/cache/gear-lab)`;

const stories = {
  install: {
    load: () => import('./story.ts'),
    title: 'gear: one real host on this machine, and a container under its systemd',
  },
  watch: {
    load: () => import('./watch-story.ts'),
    title: 'gear watch: a folder of files, and a host that is kept true to it',
  },
  hosts: {
    load: () => import('./hosts-story.ts'),
    title: 'gear over SSH: three real hosts, and the command is typed on a fourth',
  },
};

const root = path.join(import.meta.dirname, '..', '..');
const options = readOptions();
const screen = createScreen(process.stdout);

try {
  refuseEarly();
  screen.title(stories[options.story].title);
  await prepare();
  const { perform } = await import('./stage.ts');
  const { story } = await stories[options.story].load();
  const outcome = await perform({ screen, root, keep: options.keep, onStop }, story);
  if (!outcome.ok) give(outcome.status, outcome.reason);
} catch (error) {
  screen.end();
  give(1, error instanceof Error ? error.message : String(error));
}

function readOptions() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        keep: { type: 'boolean', default: false },
        cache: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.cache !== undefined) process.env.GEAR_LAB_CACHE = path.resolve(values.cache);
    const [story = 'install', ...more] = positionals;
    if (more.length > 0 || !Object.hasOwn(stories, story)) {
      throw new Error(`no demo "${positionals.join(' ')}": there are ${Object.keys(stories).join(', ')}`);
    }
    if (!values.help) return { ...values, story };
    console.log(usage);
    process.exit(0);
  } catch (error) {
    console.error(`demo: ${error.message}\n${usage}`);
    process.exit(2);
  }
}

/** What can be said before anything is installed for nothing. */
function refuseEarly() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19))
    give(5, `it needs Node 20.19 or later, this is ${process.version}`);
  if (process.platform !== 'linux') give(5, `it needs Linux, this is ${process.platform}`);
  if (process.getuid() !== 0)
    give(5, 'it needs root, to mount file systems and boot a host: sudo npm run demo');
}

async function prepare() {
  if (!existsSync(path.join(root, 'node_modules', '.package-lock.json'))) {
    await screen.step('installing dependencies', () =>
      runTool('npm', ['ci', '--no-audit', '--no-fund'], root),
    );
  }
  const { register } = await import('tsx/esm/api');
  register();
  await screen.step('building gear', () =>
    runTool(process.execPath, ['--import', 'tsx', 'scripts/build.ts'], root),
  );
}

function give(status, reason) {
  console.error(`demo: ${reason}`);
  process.exit(status);
}
