import { expect, test } from 'vitest';
import { BusError } from '../../../../src/adapters/systemd/bus-error.ts';
import { throwAsFailure } from '../../../../src/adapters/systemd/failures.ts';
import { FailureError } from '../../../../src/errors/failure.ts';

function failureOf(name: string, text: string, subject: string) {
  try {
    throwAsFailure(new BusError(name, text), 'START_FAILED', subject);
  } catch (error) {
    if (error instanceof FailureError) return error.failures[0];
    throw error;
  }
}

const noSuchUnit = 'org.freedesktop.systemd1.NoSuchUnit';

test('a unit that another one needs and that there is not is named with what needs it, and what to do', () => {
  expect(failureOf(noSuchUnit, 'Unit srv-data.mount not found.', 'ctr-web.service')).toMatchObject({
    code: 'START_FAILED',
    message: 'ctr-web.service needs srv-data.mount, and systemd has no unit of that name',
    next: 'correct the name, or make that unit first: systemctl status srv-data.mount',
    subject: 'ctr-web.service',
  });
});

test('of the unit itself systemd has the word', () => {
  expect(failureOf(noSuchUnit, 'Unit ctr-web.service not found.', 'ctr-web.service')).toMatchObject({
    message: 'Unit ctr-web.service not found.',
    next: 'look at systemctl status ctr-web.service',
  });
});
