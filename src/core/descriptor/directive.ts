import { ok, type Result } from '../../errors/failure.ts';
import { quote } from '../../errors/quote.ts';
import type { Directive, UnitSection } from '../model/container.ts';
import { wrongCondition } from './condition-values.ts';
import { parseDuration } from './duration.ts';
import { refuse } from './refuse.ts';

/** Reads DIRECTIVE=VALUE for a section of the unit; an empty value resets a list, as in a unit. VALUE_INVALID otherwise. */
export function parseDirective(section: UnitSection, text: string): Result<Directive> {
  const [, name = '', value = ''] = /^\s*([A-Z][A-Za-z0-9]*)\s*=(.*)$/s.exec(text) ?? [];
  if (name !== '') return directiveOf(section, name, value);
  return refuse(
    'VALUE_INVALID',
    `${quote(text)} is not a directive`,
    `write it as ${{ Unit: 'Documentation=https://example.com', Service: 'LogRateLimitBurst=50000', Install: 'Alias=web.service' }[section]}`,
  );
}

/** The directive with a value that is one line of a unit: systemd.syntax(7). VALUE_INVALID otherwise. */
export function directiveOf(section: UnitSection, name: string, text: string): Result<Directive> {
  const value = text.trim();
  if (/\p{Cc}/u.test(value.replaceAll('\t', '')))
    return refuse(
      'VALUE_INVALID',
      `the value of ${name} is not one line`,
      'give the directive once for each line',
    );
  if (value.endsWith('\\'))
    return refuse(
      'VALUE_INVALID',
      `the value of ${name} ends in "\\", which joins the next line to it`,
      'take it away',
    );
  const wrong = wrongCondition(name, value);
  if (wrong !== null)
    return refuse(
      'VALUE_INVALID',
      `${quote(value)} is not ${wrong.what}: ${name} would never be met`,
      `write it as ${wrong.example}`,
    );
  return ok({ section, name, value });
}

/** Reads N/DURATION as the limit of starts (StartLimitBurst=, StartLimitIntervalSec=), or none. VALUE_INVALID otherwise. */
export function parseStartLimit(text: string): Result<readonly Directive[]> {
  if (text === 'none') return ok([{ section: 'Unit', name: 'StartLimitIntervalSec', value: '0' }]);
  const [, burst, interval = ''] = /^([1-9]\d{0,3})\/(.+)$/s.exec(text) ?? [];
  const duration = burst === undefined ? undefined : parseDuration(interval, { leastMs: 1000, bare: 's' });
  if (burst === undefined || duration?.ok !== true)
    return refuse('VALUE_INVALID', `${quote(text)} is no limit of starts`, 'write it as 5/10m, or none');
  return ok([
    { section: 'Unit', name: 'StartLimitBurst', value: burst },
    { section: 'Unit', name: 'StartLimitIntervalSec', value: `${duration.value / 1000}` },
  ]);
}
