import { errorTable, type ErrorCode } from '../errors/codes.ts';
import type { Failure, Place } from '../errors/failure.ts';

/**
 * Failures as a log of SARIF 2.1.0 (OASIS), which code hosts show beside the lines: a rule is the code of a failure,
 * the message what happened and what to do.
 */
export function toSarif(failures: readonly Failure[], toolVersion: string): object {
  const codes = [...new Set(failures.map(({ code }) => code))];
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'gear', version: toolVersion, rules: codes.map(rule) } },
        // A column of a place counts what JavaScript counts.
        columnKind: 'utf16CodeUnits',
        results: failures.map((failure) => ({
          ruleId: failure.code,
          ruleIndex: codes.indexOf(failure.code),
          level: 'error',
          message: { text: failure.next === '' ? failure.message : `${failure.message}\n${failure.next}` },
          ...(isInFile(failure.place) && { locations: [location(failure.place)] }),
        })),
      },
    ],
  };
}

function rule(code: ErrorCode): object {
  const { title, explanation } = errorTable[code];
  return { id: code, shortDescription: { text: title }, fullDescription: { text: explanation } };
}

function isInFile(place: Place | undefined): place is Place {
  return place !== undefined && place.source !== 'command line';
}

function location({ source, line, column, text }: Place): object {
  const region = line !== undefined && {
    region: {
      startLine: line,
      ...(column !== undefined && { startColumn: column }),
      ...(text !== undefined && { snippet: { text } }),
    },
  };
  return { physicalLocation: { artifactLocation: { uri: uriOf(source) }, ...region } };
}

/** RFC 3986: a path relative to where gear ran stays relative. */
function uriOf(path: string): string {
  const encoded = path.split('/').map((segment) => encodeURIComponent(segment.replace(/\p{Cs}/gu, '\ufffd')));
  const joined = encoded.join('/');
  return path.startsWith('/') ? `file://${joined}` : joined;
}
