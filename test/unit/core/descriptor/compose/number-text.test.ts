import { describe, expect, test } from 'vitest';
import { asComposeReads } from '../../../../../src/core/descriptor/compose/number-text.ts';
import { composeOf } from '../../../../support/compose.ts';
import { valueOf } from '../expectations.ts';

test.each([
  ['022', '18'],
  ['0o22', '18'],
  ['0x1F', '31'],
  ['0b11', '3'],
  ['1_000', '1000'],
  ['1.10', '1.1'],
  ['1e3', '1000'],
  ['+5', '5'],
  ['-010', '-8'],
  ['089', '89'],
  ['True', 'true'],
])('Compose reads %s without quotes as %s', (text, read) => {
  expect(asComposeReads(text)).toBe(read);
});

test.each(['22', '1.5', '-3', '0', 'true', 'yes', '1.2.3.4', '22:22', '2026-01-02', '', '0xyz', 'v1.10'])(
  '%s is the same for both',
  (text) => {
    expect(asComposeReads(text)).toBe(text);
  },
);

describe('a value of the environment', () => {
  const toldOf = async (environment: string) => {
    const text = `services:\n  web:\n    image: a\n    restart: always\n    environment:\n${environment}`;
    const { losses, document } = valueOf(await composeOf(text, { variables: { U: '022' } }));
    const told = losses.filter(({ verdict }) => verdict !== 'kept');
    const { containers } = document.value as { containers: { web: { env: unknown } } };
    return { env: containers.web.env, told: told.map(({ key, place }) => `${String(place.line)} ${key}`) };
  };

  test('without quotes that Compose would change is kept as it is written, and told', async () => {
    expect(await toldOf('      UMASK: 022\n      TAG: 1.10\n')).toEqual({
      env: { UMASK: '022', TAG: '1.10' },
      told: ['6 services.web.environment.UMASK', '7 services.web.environment.TAG'],
    });
  });

  test('in quotes, in a list or from a variable is the same for both', async () => {
    const { told } = await toldOf('      A: "022"\n      B: \'022\'\n      C: ${U}\n      D: 22\n');
    expect(told).toEqual([]);
    expect((await toldOf('      - UMASK=022\n')).told).toEqual([]);
  });
});

test('the retries of a health check may stand in quotes', async () => {
  const text = 'services: {web: {image: a, restart: always, healthcheck: {test: [CMD, x], retries: "3"}}}\n';
  const { containers } = valueOf(await composeOf(text)).document.value as { containers: object };
  expect(containers).toEqual({
    web: { image: 'a', restart: 'always', health: { cmd: ['x'], retries: '3' } },
  });
});
