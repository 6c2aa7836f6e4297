import { expect, test } from 'vitest';
import { checkTargetName, commandFile, webhookFile } from '../../../../src/core/model/notify.ts';
import { valueOf } from '../descriptor/expectations.ts';

test('a URL becomes one line for curl, which can hold nothing but it', () => {
  expect(valueOf(webhookFile('https://chat.example/hook/T0?x=1#y'))).toBe(
    'url = "https://chat.example/hook/T0?x=1#y"\n',
  );
  const bad = [
    '',
    'chat.example',
    'file:///etc/shadow',
    'ftp://x.example',
    'https://',
    'https://x.example/"\noutput = "/etc/passwd',
  ];
  for (const url of [...bad, 'https://x.example/a b', 'https://x.example/\\"', 'https://x.example/\u0000']) {
    const result = webhookFile(url);
    expect(result, url).toMatchObject({ ok: false, failures: [{ code: 'VALUE_INVALID' }] });
    if (url !== '') expect(JSON.stringify(result)).not.toContain('x.example');
  }
});

test('a command is kept a word a line, and refused where a word would be two', () => {
  expect(valueOf(commandFile(['/bin/tell', 'a b', '$(id)', '']))).toBe('/bin/tell\na b\n$(id)\n\n');
  for (const words of [[], [''], ['a', 'b\nc'], ['a\u0000']])
    expect(commandFile(words)).toMatchObject({ ok: false });
});

test.each(['', '.', '..', 'a/b', 'A', '-x', 'notify.sh', 'x'.repeat(64)])(
  '%j is no name of a target',
  (name) => {
    expect(checkTargetName(name)).toMatchObject({ ok: false, failures: [{ code: 'NAME_INVALID' }] });
  },
);
