import { expect, it } from 'vitest';
import { flagValues, parseUnitText, splitWords } from '../../../../../src/adapters/host/memory/unit-text.ts';

it('reads directives, joined lines, comments and resets', () => {
  const unit = parseUnitText(
    '# ExecStart=no\n[Service]\nExecStart=/a \\\n# between\n  b\nEnvironment=A=1\nEnvironment=\nEnvironment="B=2 3" C=4\n',
  );
  expect(unit.commands('ExecStart')).toEqual([['/a', 'b']]);
  expect(unit.words('Environment')).toEqual(['B=2 3', 'C=4']);
  expect(unit.all('Restart')).toEqual([]);
});

it('takes the prefixes of a command off and undoes what protects values', () => {
  const unit = parseUnitText('ExecStopPost=-@/bin/x "a b" \'c"d\' e\\x20f g\\n $$HOME 100%%\n');
  expect(unit.commands('ExecStopPost')).toEqual([['/bin/x', 'a b', 'c"d', 'e f', 'g\n', '$HOME', '100%']]);
});

it('splits nothing into nothing, and quotes into an empty word', () => {
  expect(splitWords('')).toEqual([]);
  expect(splitWords(' a  "" ')).toEqual(['a', '']);
});

it('finds the values of a flag in both spellings', () => {
  expect(flagValues(['run', '--label', 'a=1', '--label=b=2', '--name'], '--label')).toEqual(['a=1', 'b=2']);
});
