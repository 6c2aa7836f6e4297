import { describe, expect, test } from 'vitest';
import { readEvent } from '../../../../src/adapters/watch/event-line.ts';

const labels = { 'gear.name': 'web' };
const event = (value: unknown) => readEvent(JSON.stringify(value));

/** How each source writes that a container of these labels did something. */
const sources = {
  'docker events': (action: string, of: Readonly<Record<string, string>>, health = '') =>
    event({
      Type: 'container',
      Action: health === '' ? action : `${action}: ${health}`,
      Actor: { ID: 'abc', Attributes: { ...of, image: 'web:1' } },
    }),
  'podman events': (action: string, of: Readonly<Record<string, string>>, health = '') =>
    event({
      ...{ Type: 'container', Status: action, Attributes: of, ID: 'abc' },
      ...(health === '' ? {} : { HealthStatus: health }),
    }),
  'the journal': (action: string, of: Readonly<Record<string, string>>, health = '') =>
    event({
      ...{ PODMAN_TYPE: 'container', PODMAN_EVENT: action, PODMAN_LABELS: JSON.stringify(of) },
      ...(health === '' ? {} : { PODMAN_HEALTH_STATUS: health }),
    }),
};

describe.each(Object.entries(sources))('an event as %s writes it', (_, write) => {
  test('of a container of gear is its instance', () => {
    expect(write('died', labels)).toEqual({ instance: 'web', health: null });
  });

  test('of a container of somebody else is nothing', () => {
    expect(write('died', { maintainer: 'x' })).toBeNull();
  });

  test('of a check says what it came to', () => {
    expect(write('health_status', labels, 'healthy')).toEqual({ instance: 'web', health: true });
    expect(write('health_status', labels, 'unhealthy')).toEqual({ instance: 'web', health: false });
    expect(write('health_status', labels, 'starting')).toBeNull();
  });
});

test('a network or a volume that goes concerns gear, whosever it was', () => {
  expect(event({ Type: 'network', Action: 'destroy', Actor: { Attributes: {} } })).toMatchObject({
    health: null,
  });
  expect(event({ PODMAN_TYPE: 'volume', PODMAN_EVENT: 'remove' })).toMatchObject({ health: null });
});

test.each([
  ['no JSON', 'not json'],
  ['a field of several values', JSON.stringify({ PODMAN_TYPE: ['a', 'b'], PODMAN_EVENT: 'health_status' })],
  [
    'bytes that are no text',
    JSON.stringify({ PODMAN_TYPE: 'container', PODMAN_EVENT: 'died', PODMAN_LABELS: [255] }),
  ],
])('a line with %s is nothing', (_, line) => {
  expect(readEvent(line)).toBeNull();
});
