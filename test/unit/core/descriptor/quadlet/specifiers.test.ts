import { describe, expect, test } from 'vitest';
import { quadletOf } from '../../../../support/quadlet.ts';
import { valueOf } from '../expectations.ts';

function readEnv(file: string, text: string) {
  const app = valueOf(
    quadletOf({
      [file]: `[Container]\nImage=web:1\nEnvironment="A=${text}"\n[Install]\nDefaultInstance=blue\n`,
    }),
  );
  const { containers } = app.document.value as { containers: Record<string, { env?: { A?: string } }> };
  const told = app.losses
    .filter(({ key, verdict }) => key.endsWith('Environment') && verdict !== 'kept')
    .map(({ key, verdict, words, next }) => `${key} ${verdict}: ${words} → ${next ?? ''}`);
  return { a: Object.values(containers)[0]?.env?.A, told };
}

describe('a specifier of systemd', () => {
  test.each([
    ['web.container', '%n %N %p %P %i', 'web.service web web web '],
    ['shop-web.container', '%p %j %J', 'shop-web web web'],
    ['web@.container', '%i %I %p %N', 'blue blue web web@blue'],
    [
      'web.container',
      '%h %t %S %C %L %E %T %V',
      '/root /run /var/lib /var/cache /var/log /etc /tmp /var/tmp',
    ],
    ['web.container', '%u %U %g %G %s', 'root 0 root 0 /bin/sh'],
    ['web.container', '100%% of it', '100% of it'],
  ])('in %s: %s is %s', (file, text, filled) => {
    expect(readEnv(file, text)).toEqual({ a: filled, told: [] });
  });

  test.each(['%H', '%m', '%b', '%v', '%a', '%l', '%o', '%w'])(
    '%s, which only the host knows, is refused with what to write',
    (specifier) => {
      const { told } = readEnv('web.container', `on ${specifier}`);
      expect(told).toEqual([
        expect.stringMatching(new RegExp(`Environment refused: .*${specifier}.* → .{8,}`)) as string,
      ]);
    },
  );
});
