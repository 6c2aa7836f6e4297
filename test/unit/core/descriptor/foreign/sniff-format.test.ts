import { expect, test } from 'vitest';
import { sniffFormat } from '../../../../../src/core/descriptor/foreign/sniff-format.ts';

test.each([
  ['web.container', '', 'quadlet'],
  ['any', '# a comment\n[Unit]\nAfter=x\n\n[Container]\nImage=nginx\n', 'quadlet'],
  ['web.yaml', 'apiVersion: v1\nkind: Pod\n', 'kubernetes'],
  ['all.yaml', '# one\n---\nkind: Pod\nspec: {}\napiVersion: v1\n', 'kubernetes'],
  ['web.json', '{"apiVersion": "v1", "kind": "Pod"}', 'kubernetes'],
  ['shop.json', '{"Containers": [{"Name": "db"}]}', 'geard'],
  ['shop.json', '{"containers": {"db": {"image": "postgres:17"}}}', null],
  ['compose.yaml', 'services: {web: {image: nginx}}', null],
  ['gear.yaml', 'containers:\n  web:\n    env: {apiVersion: v1, kind: Pod}\n', null],
  [
    'gear.yaml',
    'containers:\n  web:\n    files:\n      - content: |\n          [Container]\n        target: /x\n',
    null,
  ],
] as const)('%s with %j is %s', (name, text, format) => {
  expect(sniffFormat(name, text)).toBe(format);
});
