import type { Instance, ResolvedImage } from '../model/instance.ts';

/** The images that an instance needs: its own, and those of its init steps. */
export function imagesOf(instance: Instance): readonly ResolvedImage[] {
  return [instance.image, ...(instance.initImages ?? [])];
}

/** Whether systemd runs it now, or is about to. */
export function isUp(active: string | undefined): boolean {
  return active === 'active' || active === 'activating' || active === 'reloading';
}

/** Whether both read the same files of configuration. */
export function hasSameFiles(one: Instance, other: Instance): boolean {
  const hashes = ({ files }: Instance): string => (files ?? []).map(({ hash }) => hash).join(' ');
  return hashes(one) === hashes(other);
}

/** Whether systemd starts both under the same conditions. */
export function hasSameConditions(one: Instance, other: Instance): boolean {
  const conditions = ({ spec }: Instance): string =>
    (spec.directives ?? [])
      .filter(({ name }) => /^(?:Condition|Assert|ExecCondition)/.test(name))
      .map(({ name, value }) => `${name}=${value}`)
      .join('\n');
  return conditions(one) === conditions(other);
}
