/**
 * `npm run check`: all checks of the sources. The linter, which takes as long as the others together, runs beside them; the
 * others one after the other, so that what they say does not mix. npm itself runs scripts in turn only.
 */
import { spawn } from 'node:child_process';

const lanes = [
  ['lint'],
  ['format:check', 'generated', 'typecheck', 'boundaries', 'unused'],
] as const satisfies readonly (readonly string[])[];

function isClean(script: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const child = spawn('npm', ['run', '--silent', script], { stdio: 'inherit' });
    child.once('error', reject).once('close', (status) => {
      if (status !== 0) console.error(`${script} is not clean: npm run ${script}`);
      resolve(status === 0);
    });
  });
}

const clean = await Promise.all(
  lanes.map(async (scripts) => {
    const each: boolean[] = [];
    for (const script of scripts) each.push(await isClean(script));
    return each;
  }),
);
process.exitCode = clean.flat().every(Boolean) ? 0 : 1;
