import { expect, test } from 'vitest';
import { nativeApp } from '../../../../../src/core/descriptor/export/native-app.ts';
import { readNative } from '../../../../../src/core/descriptor/native/read-native.ts';
import { quadletBundle, writeQuadlet } from '../../../../../src/core/descriptor/quadlet/write-quadlet.ts';
import { appOf } from '../../../../support/native.ts';
import { quadletOf } from '../../../../support/quadlet.ts';
import { valueOf } from '../expectations.ts';

const context = { directory: '/srv/shop', environment: {}, files: new Map() };
const filesOf = async (backup: string) => {
  const app = await appOf(`name: shop\ncontainers: {backup: ${backup}}\n`);
  return { app, ...writeQuadlet(nativeApp(app, { showEnv: true, fileSource: () => '/x' }).value) };
};

test('what has a schedule gets a timer, with which it is read as it was', async () => {
  const { app, files, losses } = await filesOf('{image: "backup:1", schedule: "0 3 * * *"}');
  expect(files['backup.timer']).toBe(
    '[Timer]\nOnCalendar=*-*-* 03:00:00\nPersistent=true\n\n[Install]\nWantedBy=timers.target\n',
  );
  // Nothing else may start it: neither boot nor its own end.
  expect(files['backup.container']).toContain('Type=oneshot');
  expect(files['backup.container']).not.toMatch(/RemainAfterExit|WantedBy|Restart=always/);
  expect(losses.map(({ key, verdict }) => `${key}: ${verdict}`)).toEqual(['backup.schedule: approximated']);
  const back = valueOf(readNative(valueOf(quadletOf(files)).document, context));
  const timed = ({ containers }: typeof app) =>
    containers.map(({ spec: { schedule, job, restart } }) => ({ schedule, job, restart }));
  expect(timed(back)).toEqual(timed(app));
});

test('in a bundle, which takes no timers, it is a comment of its container', async () => {
  const { files } = await filesOf('{image: "backup:1", schedule: "0 3 * * *"}');
  const [part = ''] = quadletBundle(files).split('---\n');
  expect(part).toContain(
    '# FileName=backup\n# /etc/systemd/system/backup.timer, which starts it:\n# [Timer]\n# OnCalendar=*-*-* 03:00:00\n',
  );
  expect(quadletBundle(files)).not.toMatch(/^\[Timer\]$/m);
});
