/** Reads which units start each unit, from `systemctl show --property=Id,TriggeredBy` of several (systemctl(1)). */
export function readTriggers(text: string): ReadonlyMap<string, readonly string[]> {
  return new Map(
    text
      .split(/\n{2,}/)
      .map((block) => [propertyOf(block, 'Id'), propertyOf(block, 'TriggeredBy')] as const)
      .filter(([unit]) => unit !== '')
      .map(([unit, triggers]) => [unit, triggers.split(' ').filter((each) => each !== '')]),
  );
}

function propertyOf(block: string, name: string): string {
  return new RegExp(`^${name}=(.*)$`, 'm').exec(block)?.[1] ?? '';
}
