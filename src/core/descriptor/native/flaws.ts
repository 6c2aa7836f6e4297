import { nearest } from '../../model/nearest.ts';
import type { Path } from '../document.ts';
import type { Findings } from './findings.ts';

/** What is not to be relied on in an app that was read in spite of its mistakes. */
export interface Flaws {
  /** Containers of which something was left out: what they lack says nothing, what they have holds. */
  readonly containers: ReadonlySet<string>;
  /** Whether all containers and their copies are known by name. */
  readonly isComplete: boolean;
  /** The path in the text of what a path of the request leads to. */
  readonly asWritten: (path: Path) => Path;
}

const topKeys = ['name', 'engine', 'hosts', 'containers', 'networks', 'volumes'];

/** What the findings leave unreliable; undefined where not even the app's name is sure. */
export function flawsOf(findings: Findings): Flaws | undefined {
  const { paths } = findings;
  if (paths.some(([first]) => first === undefined || nearest(String(first), topKeys) === 'name'))
    return undefined;
  const within = paths.filter(([first]) => first === 'containers');
  return {
    containers: new Set(within.flatMap(([, name]) => (name === undefined ? [] : [String(name)]))),
    isComplete: within.every(([, name, key]) => name !== undefined && key !== undefined && key !== 'count'),
    asWritten: (path) => findings.asWritten(path),
  };
}
