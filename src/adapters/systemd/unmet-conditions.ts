/** A row of a(sbbsi): name, whether it is a trigger (`|`), whether it is negated (`!`), value, what came of it. */
type ConditionRow = readonly [string, boolean, boolean, string, number];
/** The beginning of a row of a(sasbttttuii): command, its words; how it ended stands last. */
type CommandRow = readonly [string, readonly string[], ...unknown[]];

/**
 * What systemd did not start a unit for when it was last asked to, as lines of the unit; empty when it did, or was not
 * asked. A reload has it forget what came of each: then all that may stand in the way are told.
 */
export function unmetConditions(value: (property: string) => unknown): readonly string[] {
  const unmet = (['Condition', 'Assert'] as const).flatMap((kind) =>
    value(`${kind}Result`) === false && wasTested(value(`${kind}Timestamp`))
      ? standingInTheWay(rowsOf(value(`${kind}s`)))
      : [],
  );
  if (unmet.length > 0 || value('Result') !== 'exec-condition') return unmet;
  const commands = value('ExecCondition');
  const rows: readonly unknown[] = Array.isArray(commands) ? commands : [];
  return rows
    .filter((row): row is CommandRow => Array.isArray(row) && Array.isArray(row[1]))
    .map(([, words]) => `ExecCondition=${words.join(' ')}`);
}

function wasTested(timestamp: unknown): boolean {
  return typeof timestamp === 'bigint' ? timestamp > 0n : typeof timestamp === 'number' && timestamp > 0;
}

function rowsOf(list: unknown): readonly ConditionRow[] {
  const rows: readonly unknown[] = Array.isArray(list) ? list : [];
  return rows.filter((row): row is ConditionRow => Array.isArray(row) && typeof row[4] === 'number');
}

/** systemd goes through them in this order, and ends at the first that is no trigger and is not met (systemd.unit(5)). */
function standingInTheWay(rows: readonly ConditionRow[]): readonly string[] {
  const first = rows.find(([, isTrigger, , , result]) => !isTrigger && result < 0);
  if (first !== undefined) return [textOf(first)];
  const triggers = rows.filter(([, isTrigger]) => isTrigger);
  if (triggers.some(([, , , , result]) => result < 0)) return triggers.map(textOf);
  return rows.map(textOf);
}

function textOf([name, isTrigger, isNegated, value]: ConditionRow): string {
  return `${name}=${isTrigger ? '|' : ''}${isNegated ? '!' : ''}${value}`;
}
