import { createHash } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { findCommands, readCommands } from './read-commands.ts';
import { stubs } from './stubs.ts';

const root = path.join(import.meta.dirname, '..');

/** The bundle's first module: the command table as data, with an `import()` for each command. */
async function entrySource(): Promise<string> {
  const { manifest, pjson } = await readCommands(root);
  const loaders = [...(await findCommands(root))].map(
    ([id, file]) => `${JSON.stringify(id)}: async () => (await import('./${file}')).default,`,
  );
  // A string for JSON.parse is a constant to V8; a literal would be compiled and built at each start.
  return `
    import path from 'node:path';
    import { runCommandLine } from './src/cli/run.ts';
    const { manifest, pjson } = JSON.parse(${JSON.stringify(JSON.stringify({ manifest, pjson }))});
    const load = { ${loaders.join('\n')} };
    runCommandLine(process.argv.slice(2), { root: path.join(__dirname, '..'), pjson, manifest, load });`;
}

const result = await build({
  stdin: { contents: await entrySource(), resolveDir: root, sourcefile: 'entry.js' },
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20.19',
  // One file: `import()` of our own modules runs them when asked, and none is left for Node to resolve.
  supported: { 'dynamic-import': false },
  charset: 'ascii',
  legalComments: 'eof',
  plugins: [stubs],
  // There is no import.meta in CommonJS; the package's folder is `config.root` in every command.
  logOverride: { 'empty-import-meta': 'error' },
  write: false,
});

const [output] = result.outputFiles;
if (output === undefined) throw new Error('esbuild returned no output');
const buildId = createHash('sha256').update(output.contents).digest('hex').slice(0, 16);
const bundle = path.join(root, 'dist', 'gear.cjs');
await mkdir(path.dirname(bundle), { recursive: true, mode: 0o755 });
// By rename, because a gear that starts at this moment has to find one bundle or the other.
await writeFile(`${bundle}.new`, `// build ${buildId}\n${output.text}`);
await rename(`${bundle}.new`, bundle);
console.log(`dist/gear.cjs  ${Math.round(output.contents.length / 1024)} kB  build ${buildId}`);
