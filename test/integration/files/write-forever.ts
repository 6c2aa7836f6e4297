import { createLocalFiles } from '../../../src/adapters/files/local.ts';

/** Run as a process of its own, to be killed: writes one generation after the other, most of it as links. */
const root = process.argv[2] ?? '';
const perFolder = Number(process.argv[3]);
const files = createLocalFiles();
process.stdout.write('ready\n');
for (let n = 1; ; n++) {
  const content = `generation ${n}\n`.repeat(200);
  const units = Array.from({ length: perFolder }, (_, i) => {
    const unit = { path: `units/${i}.service`, mode: 0o644 };
    return i < 5 || n === 1 ? { ...unit, content } : { ...unit, sameAs: `${root}/${n - 1}/${unit.path}` };
  });
  await files.writeFolder(`${root}/${n}`, units);
  await files.link(`${root}/current`, String(n));
}
