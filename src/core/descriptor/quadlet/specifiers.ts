/** What a unit's name says of it: `web@blue.container` is an instance of `web@.container`. */
export interface UnitName {
  /** Without its suffix: `web@blue`. */
  readonly whole: string;
  /** `web`. */
  readonly prefix: string;
  /** `blue`; '' for what is no instance. */
  readonly instance: string;
}

/** The names of a file of Quadlet's. */
export function unitNameOf(file: string): UnitName {
  const whole = file.replace(/\.[a-z]+$/, '');
  const [, prefix = whole, instance = ''] = /^([^@]*)@(.*)$/s.exec(whole) ?? [];
  return { whole, prefix, instance };
}

/** The folders and names of the system's manager, which are the same on every host (systemd.unit(5), SPECIFIERS). */
const fixed: Readonly<Record<string, string>> = {
  ...{ '%': '%', C: '/var/cache', E: '/etc', h: '/root', L: '/var/log', S: '/var/lib', t: '/run', T: '/tmp' },
  ...{ V: '/var/tmp', u: 'root', U: '0', g: 'root', G: '0', s: '/bin/sh' },
};

/** Fills specifiers into a value. `unknown` are those that only the host could fill; they stay as they are. */
export function fillSpecifiers(
  text: string,
  { whole, prefix, instance }: UnitName,
): { readonly text: string; readonly unknown: readonly string[] } {
  const names: Readonly<Record<string, string>> = {
    ...fixed,
    ...{ n: `${whole}.service`, N: whole, p: prefix, P: prefix, i: instance, I: instance },
    j: prefix.slice(prefix.lastIndexOf('-') + 1),
    J: prefix.slice(prefix.lastIndexOf('-') + 1),
  };
  const unknown: string[] = [];
  const filled = text.replaceAll(/%([a-zA-Z%])/g, (written, letter: string) => {
    const value = Object.hasOwn(names, letter) ? names[letter] : undefined;
    if (value === undefined) unknown.push(written);
    return value ?? written;
  });
  return { text: filled, unknown };
}
