import { ok } from '../../../errors/failure.ts';
import { runOption, type RunOption } from '../../model/run-options.ts';
import { type FlagGroup, type InstallFlag, mapResult, withoutOption } from '../install-flag.ts';
import { readOption } from '../options/read-option.ts';

/** The flag of an option that goes to the engine as it is (model/run-options.ts). */
export function optionFlag(flag: string, group: FlagGroup, short?: string): InstallFlag {
  const option = runOption(flag);
  if (option === undefined) throw new Error(`no option --${flag}`);
  const { summary, example, kind, value } = option;
  return {
    name: flag,
    ...(short === undefined ? {} : { short }),
    ...(value === undefined ? {} : { value }),
    repeatable: kind === 'list',
    ...{ summary, example, group },
    parse: parserOf(option),
    reset: withoutOption(flag),
  };
}

function parserOf(option: RunOption): InstallFlag['parse'] {
  const { flag, kind } = option;
  if (kind === 'switch') return () => ok({ options: { [flag]: true } });
  return (text) =>
    mapResult(readOption(option, text), (value) => ({
      options: { [flag]: kind === 'list' ? [value] : value },
    }));
}
