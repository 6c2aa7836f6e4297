import type { Command } from '@oclif/core';

/** How a command is typed, a line each: what it says itself, or its words, those that may be left out in brackets. */
export function usageLines({ id, usage, args, flags }: Command.Cached): readonly string[] {
  if (usage !== undefined) return [usage].flat().map((line) => `gear ${line}`);
  const words = Object.values(args).map(({ name, required }) =>
    required === true ? name.toUpperCase() : `[${name.toUpperCase()}]`,
  );
  const own = Object.values(flags).filter(({ name, hidden }) => name !== 'json' && hidden !== true);
  return [['gear', ...id.split(':'), ...words, ...(own.length === 0 ? [] : ['[FLAGS]'])].join(' ')];
}
