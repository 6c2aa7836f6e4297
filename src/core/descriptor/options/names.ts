import { ok, type Result } from '../../../errors/failure.ts';
import { quote } from '../../../errors/quote.ts';
import { nearest } from '../../model/nearest.ts';
import { refuse } from '../refuse.ts';

/** Reads what one expression describes. VALUE_INVALID otherwise. */
function matching(pattern: RegExp, what: string, next: string): (text: string) => Result<string> {
  return (text) =>
    pattern.test(text) ? ok(text) : refuse('VALUE_INVALID', `${quote(text)} is not ${what}`, next);
}

const host = '[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?';

/** sethostname(2) takes 64 bytes; Compose's names have "_". */
export const parseHostname = matching(
  /^(?=.{1,64}$)[A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?$/,
  'a name of a host',
  'use at most 64 letters, digits, "-", "_" and "."',
);

/** A DNS suffix; `.` alone searches nowhere. */
export const parseSearchDomain = matching(
  new RegExp(`^(\\.|(?=.{1,253}$)(_?${host})(\\.${host})*\\.?)$`),
  'a domain',
  'write it as example.com, or "." for none',
);

/** resolv.conf(5). */
export const parseResolverOption = matching(
  /^[a-z0-9-]+(:\d+)?$/,
  'an option of resolv.conf(5)',
  'write it as ndots:1 or use-vc',
);

/** A group by name or number; Podman also has keep-groups. */
export const parseGroup = matching(
  /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,255}$/,
  'a group',
  'give its name or its number',
);

/** OS/ARCH[/VARIANT]. */
export const parsePlatform = matching(
  /^[a-z0-9]+\/[a-z0-9_]+(\/[a-z0-9]+)?$/,
  'a platform',
  'write it as linux/amd64 or linux/arm64/v8',
);

/** The name of an OCI runtime in the engine's configuration. */
export const parseRuntime = matching(
  /^[A-Za-z0-9][\w./-]*$/,
  'the name of a runtime',
  'write it as runc or crun',
);

/** systemd.slice(5). */
export const parseSlice = matching(
  /^(?=.{7,255}$)[A-Za-z0-9:_.\\]+(-[A-Za-z0-9:_.\\]+)*\.slice$/,
  'the name of a slice',
  'write it as batch.slice',
);

/** An absolute path in the container. */
export const parseDirectory = matching(/^\/[^\p{Cc}]*$/u, 'an absolute path', 'begin it with "/"');

const drivers: readonly string[] =
  'awslogs fluentd gcplogs gelf journald json-file k8s-file local none passthrough splunk syslog'.split(' ');

/** A log driver: one of the known, or a plugin's. VALUE_INVALID when it is nearly a known one, or cannot be any. */
export function parseLogDriver(text: string): Result<string> {
  if (drivers.includes(text)) return ok(text);
  const near = nearest(text, drivers);
  if (near !== undefined)
    return refuse('VALUE_INVALID', `${quote(text)} is not a log driver`, `did you mean ${near}?`);
  if (/^[a-z0-9][\w.:/-]*$/.test(text)) return ok(text);
  return refuse('VALUE_INVALID', `${quote(text)} is not a log driver`, `use one of ${drivers.join(', ')}`);
}
