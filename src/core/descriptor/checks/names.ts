import { quote } from '../../../errors/quote.ts';
import { instanceName } from '../../model/instance-name.ts';
import type { Finding, ReadApp } from './read-app.ts';

/** NAME_INVALID for apps of one name, and for containers of different apps that would be one instance. */
export function findRepeatedNames(apps: readonly ReadApp[]): readonly Finding[] {
  return [...repeatedApps(apps), ...repeatedInstances(apps)];
}

function repeatedApps(apps: readonly ReadApp[]): readonly Finding[] {
  const first = new Map<string, ReadApp>();
  const findings: Finding[] = [];
  for (const app of apps) {
    const { app: name } = app.request;
    const other = first.get(name);
    if (other === undefined) first.set(name, app);
    else {
      findings.push({
        apps: [other, app],
        failure: {
          code: 'NAME_INVALID',
          message: `two apps are called ${quote(name)}: the other is ${other.request.source}`,
          next: 'give one of them another name:, or lay them over each other: -f FILE -f FILE',
          place: app.place(['name']),
        },
      });
    }
  }
  return findings;
}

function repeatedInstances(apps: readonly ReadApp[]): readonly Finding[] {
  const first = new Map<string, ReadApp>();
  const findings: Finding[] = [];
  for (const app of apps) {
    for (const request of app.request.containers) {
      const name = instanceName(request);
      const other = first.get(name);
      if (other === undefined) first.set(name, app);
      else if (other.request.app !== app.request.app) {
        findings.push({
          apps: [other, app],
          failure: {
            code: 'NAME_INVALID',
            message: `two containers are called ${quote(name)}: the other is of ${other.request.source}`,
            next: 'give one of them another name',
            place: app.place(['containers', request.container], 'key'),
          },
        });
      }
    }
  }
  return findings;
}
