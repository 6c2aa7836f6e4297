import type { ContainerRequest } from '../../model/container.ts';
import { runOptions } from '../../model/run-options.ts';
import type { Contradiction, Naming } from '../contradiction.ts';
import { findContradictions, findGaps } from '../contradictions.ts';
import { findRefusedByEngine } from '../options/engine-only.ts';
import type { CheckTarget } from './check-target.ts';
import type { Finding, ReadApp } from './read-app.ts';

/** What each container asks for and cannot have: it contradicts itself, or its engine, where that is known, has no such thing. One with mistakes lacks what they hide, so it is not asked. */
export function findSpecMistakes(apps: readonly ReadApp[], { engineOf }: CheckTarget): readonly Finding[] {
  return apps.flatMap((app) => {
    const engine = engineOf(app.request);
    const once = app.request.containers.filter(
      ({ container, copy = 1 }) => copy === 1 && app.flaws?.containers.has(container) !== true,
    );
    return once.flatMap((request) => {
      const found = [
        ...findContradictions(request.spec, asKey),
        ...findGaps(request.spec, asKey),
        ...(engine === undefined ? [] : findRefusedByEngine(request.spec, engine, asKey)),
      ];
      return found.map((each) => ({ apps: [app], failure: toFailure(app, request, each) }));
    });
  });
}

function toFailure(app: ReadApp, { container }: ContainerRequest, { flag, ...found }: Contradiction) {
  const { code, message, next } = found;
  return { code, message, next, place: app.place(['containers', container, asKey(flag)], 'key') };
}

/** Flags that are no option of the engines', by the key that says the same. */
const otherKeys: Readonly<Record<string, string>> = {
  network: 'network_mode',
  publish: 'ports',
  volume: 'volumes',
  'no-healthcheck': 'health',
  service: 'systemd',
};

const optionKeys = new Map(runOptions.map(({ flag, key }) => [flag, key]));

const asKey: Naming = (flag) => optionKeys.get(flag) ?? otherKeys[flag] ?? flag;
