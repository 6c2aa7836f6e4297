import { describe, expect, it } from 'vitest';
import type { Failure } from '../../../src/errors/failure.ts';
import { toSarif } from '../../../src/report/sarif.ts';

const failures: readonly Failure[] = [
  {
    code: 'DESCRIPTOR_SYNTAX',
    message: 'the quote is not closed',
    next: 'close it',
    place: { source: 'my apps/shöp.yaml', line: 7, column: 12, text: 'a: "' },
  },
  {
    code: 'DESCRIPTOR_UNREADABLE',
    message: 'it does not exist',
    next: 'give one',
    place: { source: '/srv/a#b.yaml' },
  },
  { code: 'DESCRIPTOR_SYNTAX', message: 'a tab', next: '', place: { source: 'command line', text: '--x' } },
];

describe('failures as SARIF', () => {
  it('have what SARIF 2.1.0 requires: version, tool, rules by code, messages, regions that count from 1', () => {
    expect(toSarif(failures, '1.2.3')).toEqual({
      $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
      version: '2.1.0',
      runs: [
        {
          tool: {
            driver: {
              name: 'gear',
              version: '1.2.3',
              rules: [
                expect.objectContaining({
                  id: 'DESCRIPTOR_SYNTAX',
                  shortDescription: { text: expect.any(String) as string },
                }),
                expect.objectContaining({ id: 'DESCRIPTOR_UNREADABLE' }),
              ],
            },
          },
          columnKind: 'utf16CodeUnits',
          results: [
            {
              ruleId: 'DESCRIPTOR_SYNTAX',
              ruleIndex: 0,
              level: 'error',
              message: { text: 'the quote is not closed\nclose it' },
              locations: [
                {
                  physicalLocation: {
                    artifactLocation: { uri: 'my%20apps/sh%C3%B6p.yaml' },
                    region: { startLine: 7, startColumn: 12, snippet: { text: 'a: "' } },
                  },
                },
              ],
            },
            {
              ruleId: 'DESCRIPTOR_UNREADABLE',
              ruleIndex: 1,
              level: 'error',
              message: { text: 'it does not exist\ngive one' },
              locations: [{ physicalLocation: { artifactLocation: { uri: 'file:///srv/a%23b.yaml' } } }],
            },
            { ruleId: 'DESCRIPTOR_SYNTAX', ruleIndex: 0, level: 'error', message: { text: 'a tab' } },
          ],
        },
      ],
    });
  });

  it('are an empty list of results when there is none', () => {
    expect(toSarif([], '1')).toMatchObject({ runs: [{ results: [] }] });
  });
});
