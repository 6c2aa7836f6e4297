import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { gateFiles } from '../../../../src/core/render/gates.ts';

it('what is made from templates/ is current', () => {
  execFileSync('node', ['--import', 'tsx', 'scripts/generate-templates.ts', '--check']);
});

describe.each(gateFiles())('the gate $name', ({ text, mode }) => {
  it('is a shell script that anybody may read and run', () => {
    expect(text.startsWith('#!/bin/sh\n')).toBe(true);
    expect(mode).toBe(0o755);
    execFileSync('sh', ['-n'], { input: text });
  });

  it('has variables of its own only under names that no container has in that environment', () => {
    const code = text.replaceAll(/^#.*$/gm, '');
    const assigned = [...code.matchAll(/(?:^|[\s;(])([A-Za-z_]\w*)=/gm)].map((match) => match[1]);
    const read = [...code.matchAll(/\bread -r ((?:\w+ ?)+)/g)].flatMap((match) =>
      match[1]?.trim().split(' '),
    );
    const looped = [...code.matchAll(/\bfor (\w+) in/g)].map((match) => match[1]);
    // IFS= before read is for that read alone, and GEAR_… for the command of a target.
    for (const name of [...assigned, ...read, ...looped]) expect(name).toMatch(/^(gear_|GEAR_|IFS$)/);
  });
});
