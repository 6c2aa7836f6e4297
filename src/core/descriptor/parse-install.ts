import { err, ok, type Failure, type Result } from '../../errors/failure.ts';
import { quote } from '../../errors/quote.ts';
import type { ContainerRequest } from '../model/container.ts';
import { isOneShot } from '../model/one-shot.ts';
import { checkName } from '../model/names.ts';
import { collectChanges, type FlagValues, valuesOf } from './collect-changes.ts';
import { collisions } from './conflicts.ts';
import { contradictions, gaps } from './contradictions.ts';
import { finishChange } from './finish-change.ts';
import { installFlags } from './install-flags.ts';
import { splitWords, variablesOf } from './positional.ts';
import { argument, placed } from './refuse.ts';
import { specDefaults } from './spec-defaults.ts';
import type { Surroundings } from './spec-change.ts';
import { superEnvironment } from './super.ts';
import { parseImage } from './words.ts';

/** A command line, taken apart as far as that needs no meaning. */
export interface CommandLine {
  /** What stood alone, in order. */
  readonly words: readonly string[];
  readonly flags: FlagValues;
  /** What stood after `--`; absent without it. */
  readonly command?: readonly string[];
}

/** Reads `IMAGE NAME… [KEY=VALUE…] [-- CMD ARG…]` and the flags of the table; all that is wrong fails at once. */
export function parseInstall(
  line: CommandLine,
  surroundings: Surroundings,
): Result<readonly ContainerRequest[]> {
  const [image, ...others] = line.words;
  // A pair in the image's place is not repeated: its value may be secret.
  if (image === undefined || image.includes('='))
    return err(usage('the image and the name are missing', 'nginx:1.27 web'));
  const { names, pairs } = splitWords(others);
  if (names.length === 0)
    return err(
      userInFront(line) ?? usage('the name is missing', `${shownImage(image)} ${suggestedName(image)}`),
    );
  if (line.command?.length === 0)
    return err(usage('nothing stands after "--"', `${shownImage(image)} web -- CMD`));

  const reference = parseImage(image);
  const collected = collectChanges(installFlags, line.flags, surroundings);
  const finished = collected.ok ? finishChange(collected.value) : collected;
  const variables = variablesOf(pairs);
  const failures: Failure[] = [
    ...(reference.ok ? [] : placed(reference.failures, argument(image))),
    ...names.flatMap((name) => refused(name)),
    ...(finished.ok ? contradictions(finished.value.spec) : finished.failures),
    ...(variables.ok ? [] : variables.failures),
  ];
  if (!reference.ok || !finished.ok || !variables.ok) return err(...failures);

  const { environment, secretEnvironment, spec: given } = finished.value;
  const command = line.command === undefined ? {} : { command: line.command };
  // What runs to its end is not started again, unless that is asked for.
  const ends = isOneShot(given) ? { restart: 'no' as const } : {};
  const spec = { ...specDefaults, ...ends, ...given, ...command, image: reference.value };
  failures.push(...gaps(spec));
  const requests = names.map((name) => ({
    app: name,
    container: name,
    spec,
    environment: {
      ...(line.flags['super'] === true ? superEnvironment(name, spec.image) : {}),
      ...environment,
      ...variables.value,
    },
    ...(Object.keys(secretEnvironment).length === 0 ? {} : { secretEnvironment }),
  }));
  failures.push(...collisions(requests));
  return failures.length > 0 ? err(...failures) : ok(requests);
}

function refused(name: string): readonly Failure[] {
  const checked = checkName(name);
  return checked.ok ? [] : placed(checked.failures, argument(name));
}

function usage(message: string, example: string): Failure {
  return { code: 'USAGE', message, next: `gear install ${example}` };
}

/** `--user IMAGE NAME`, meant as systemctl has --user: it took the image for its value. */
function userInFront({ flags, words }: CommandLine): Failure | undefined {
  const [user = ''] = valuesOf(flags, 'user');
  // A tag is no group: what is neither a number nor a plain name is an image.
  if (!/[/.]/.test(user) || !parseImage(user).ok) return undefined;
  return {
    code: 'USAGE',
    message: `--user took ${quote(user)} for the user in the container, so the name is missing`,
    next: `for systemd of your own it stands in front: gear --user install ${user} ${words.join(' ')}`,
  };
}

function shownImage(image: string): string {
  return parseImage(image).ok ? image : 'IMAGE';
}

/** `nginx` of `registry/library/nginx:1.27`. */
function suggestedName(image: string): string {
  const [, last = ''] = /(?:^|\/)([a-z0-9][a-z0-9_-]*)[^/]*$/.exec(image) ?? [];
  return checkName(last).ok ? last : 'NAME';
}
