import type { Instance } from '../model/instance.ts';
import type { AppNetwork } from '../model/network.ts';
import type { Failure } from '../../errors/failure.ts';
import { reasonsAgainstFiles, reasonsAgainstMounts } from './check-mounts.ts';
import { reasonAgainstDirective } from './directives.ts';
import { hasControlCharacter, unencodable } from './escape.ts';
import { connectArguments, networkCreateArguments } from './network-arguments.ts';
import { chosenSlice, listValue, unsupportedOptions } from './option-arguments.ts';

/**
 * VALUE_INVALID for everything in the instance that a unit or the engine's command line, which is given as its words,
 * cannot carry unchanged; UNSUPPORTED for options that its engine does not have.
 */
export function checkInstance(
  instance: Instance,
  engineWords: readonly string[],
  networks: ReadonlyMap<string, AppNetwork> = new Map(),
): readonly Failure[] {
  const { name } = instance;
  const further = furtherWords(instance, networks);
  // All at once, since there is hardly ever one of them to be found.
  const isFit = unencodable(engineWords.join(' ')) === null && unencodable(further.join(' ')) === null;
  const unfit = isFit ? [] : new Set([...engineWords, ...further].flatMap((word) => unencodable(word) ?? []));
  const reasons = [
    ...[...unfit].map((reason) => `one of its values cannot be used: ${reason}`),
    ...reasonsAgainstMounts(instance),
    ...reasonsAgainstFiles(instance),
    ...reasonsAgainstNames(instance),
    ...reasonsAgainstOptions(instance),
    ...reasonsAgainstTiming(instance),
    ...(instance.spec.directives ?? []).flatMap((directive) => {
      const reason = reasonAgainstDirective(directive);
      return reason === null ? [] : [`the directive ${JSON.stringify(directive.name)} is refused: ${reason}`];
    }),
  ];
  return [
    ...reasons.map((reason): Failure => ({
      code: 'VALUE_INVALID',
      message: `${name}: ${reason}`,
      next: 'change that value',
      subject: name,
    })),
    ...unsupported(instance),
  ];
}

/** Everything beside the engine's own words that stands in a command line of a unit. */
function furtherWords(instance: Instance, networks: ReadonlyMap<string, AppNetwork>): readonly string[] {
  const { check, image, spec, initImages = [] } = instance;
  const further = [...(check?.command ?? []), image.reference];
  for (const { reference } of initImages) further.push(reference);
  for (const { command = [], entrypoint = [], user = '' } of spec.init ?? [])
    further.push(...command, ...entrypoint, user);
  if (spec.reload?.kind === 'exec') further.push(...spec.reload.command);
  for (const { words } of connectArguments(instance)) further.push(...words);
  for (const network of networks.values()) further.push(...networkCreateArguments(network));
  return further;
}

/** Names that are part of a word which something else takes apart. */
function reasonsAgainstNames({ image, spec, initImages = [] }: Instance): readonly string[] {
  const { networks = [], reload } = spec;
  const reasons: string[] = [];
  for (const { reference } of [image, ...initImages])
    if (hasControlCharacter(reference)) reasons.push('the name of its image has a control character');
  for (const use of networks)
    for (const name of [use.name, ...use.aliases])
      if (!/^[A-Za-z0-9][A-Za-z0-9_.-]*$/.test(name))
        reasons.push(`${JSON.stringify(name)} is no name of a network or in one`);
  for (const { ip = '0.0.0.0', ip6 = '::' } of networks)
    for (const address of [ip, ip6])
      if (!/^[0-9A-Fa-f:.]+$/.test(address)) reasons.push(`${JSON.stringify(address)} is no IP address`);
  if (reload?.kind === 'signal' && !/^[A-Za-z0-9+]+([+-][A-Za-z0-9]+)?$/.test(reload.signal))
    reasons.push(`${JSON.stringify(reload.signal)} is no name of a signal`);
  if (reload?.kind === 'exec' && reload.command.length === 0)
    reasons.push('the command of its reload is empty');
  return reasons;
}

function reasonsAgainstOptions(instance: Instance): readonly string[] {
  const slice = chosenSlice(instance);
  const taken = listValue(instance.spec.options, 'label').filter((label) => label.startsWith('gear.'));
  return [
    ...taken.map((label) => `the label ${JSON.stringify(label)} begins with "gear.", which is gear's own`),
    ...(slice === undefined || /^[A-Za-z0-9:_.\\@-]+\.slice$/.test(slice)
      ? []
      : [`${JSON.stringify(slice)} is no slice of systemd, such as batch.slice`]),
  ];
}

function reasonsAgainstTiming({ spec }: Instance): readonly string[] {
  const { schedule = 'daily', restartDelay } = spec;
  const delays = restartDelay === undefined ? [] : [restartDelay.firstMs, restartDelay.longestMs];
  return [
    ...(schedule.trim() === '' || unencodable(schedule) !== null || hasControlCharacter(schedule)
      ? ['its schedule is empty or has a control character']
      : []),
    ...(delays.every((delay) => Number.isInteger(delay) && delay > 0)
      ? []
      : ['a restart delay is not above 0']),
    ...(restartDelay !== undefined && restartDelay.longestMs < restartDelay.firstMs
      ? ['its longest restart delay is below the first']
      : []),
  ];
}

function unsupported({ name, engine, spec }: Instance): readonly Failure[] {
  if (spec.options === undefined) return [];
  return unsupportedOptions(spec.options, engine).map(({ flag, reason }) => ({
    code: 'UNSUPPORTED',
    message: `${name}: --${flag} is not to be had with ${engine}: ${reason ?? 'gear does not know it'}`,
    next: reason === null ? 'gear install --help' : 'leave it out, or use the other engine',
    subject: name,
  }));
}
