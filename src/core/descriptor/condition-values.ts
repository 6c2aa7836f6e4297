/** What systemd takes as the value of a condition: it says nothing of another one until the start, which it then skips. */
interface ConditionValue {
  readonly form: RegExp;
  readonly what: string;
  readonly example: string;
}

const comparison = '(?:<=|>=|<>|!=|==|<|>|=)?';

/** Those of systemd.unit(5) whose values are no free text; `|` and `!` before them are systemd's own. */
const values: Readonly<Record<string, ConditionValue>> = {
  ConditionMemory: {
    form: new RegExp(`^${comparison}\\s*\\d+(?:\\.\\d+)?[BKMGTPE]?$`),
    what: 'an amount of memory',
    example: '>=4G',
  },
  ConditionCPUs: {
    form: new RegExp(`^${comparison}\\s*\\d+$`),
    what: 'a number of processors',
    example: '>=2',
  },
  ConditionACPower: {
    form: /^(?:1|yes|y|true|t|on|0|no|n|false|f|off)$/i,
    what: 'yes or no',
    example: 'true',
  },
};

/** What the value of a directive should be, where it is a condition that would never be met; else null. */
export function wrongCondition(name: string, value: string): Omit<ConditionValue, 'form'> | null {
  const known = values[name];
  const bare = value.replace(/^\|?\s*!?\s*/, '');
  // An empty value resets the list, and a specifier is filled in by systemd.
  return known === undefined || value === '' || value.includes('%') || known.form.test(bare) ? null : known;
}
