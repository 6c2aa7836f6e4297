import type { Mount } from '../model/container.ts';
import type { Instance } from '../model/instance.ts';
import type { Failure } from '../../errors/failure.ts';
import { hasControlCharacter, unencodable } from './escape.ts';

/**
 * VALUE_INVALID for everything in the instance that a unit or the engine's command line, which is given as its words,
 * cannot carry unchanged.
 */
export function checkInstance(instance: Instance, engineWords: readonly string[]): readonly Failure[] {
  const { spec, image, ownedVolumes, check } = instance;
  const words = [...engineWords, ...(check?.command ?? []), image.reference];
  const unfit = new Set(words.flatMap((word) => unencodable(word) ?? []));
  const reasons = [
    ...[...unfit].map((reason) => `one of its values cannot be used: ${reason}`),
    ...spec.mounts.flatMap(reasonAgainstMount),
    ...(hasControlCharacter(image.reference) ? ['the name of its image has a control character'] : []),
    ...ownedVolumes
      .filter(({ target }) => hasControlCharacter(target))
      .map(() => 'a volume has a control character'),
  ];
  return reasons.map((reason) => ({
    code: 'VALUE_INVALID',
    message: `${instance.name}: ${reason}`,
    next: 'change that value',
    subject: instance.name,
  }));
}

function reasonAgainstMount({ source, target, options }: Mount): readonly string[] {
  const parts = [source, target, ...options];
  if (parts.some(hasControlCharacter))
    return [`the mount on ${JSON.stringify(target)} has a control character`];
  if (parts.some((part) => part.includes(':')))
    return [`the mount on ${JSON.stringify(target)} has a ":" in a path`];
  if (options.some((option) => option.includes(','))) return ['a mount option has a comma'];
  return [];
}
