import { expect, test } from 'vitest';
import { withProjectName } from '../../../../../src/core/descriptor/compose/project-name.ts';

const uses = 'services: {web: {container_name: "${COMPOSE_PROJECT_NAME}-web"}}\n';
const nameOf = (texts: readonly string[], variables: Readonly<Record<string, string>> = {}) =>
  withProjectName(texts, '/srv/My Shop', variables)['COMPOSE_PROJECT_NAME'];

test('the name of the project is a variable of its files, as Compose sets it', () => {
  expect(nameOf([uses])).toBe('myshop');
  expect(nameOf([`name: store\n${uses}`])).toBe('store');
  expect(nameOf([`name: "store"  # ours\n${uses}`, 'name: top\n'])).toBe('top');
  expect(nameOf([`name: \${BRANCH:-main}\n${uses}`], { BRANCH: 'fix' })).toBe('fix');
  expect(nameOf([`name: store\n${uses}`], { COMPOSE_PROJECT_NAME: 'given' })).toBe('given');
});

test('what does not use it, and JSON, is read with the variables that are given', () => {
  expect(nameOf(['name: store\nservices: {}\n'])).toBeUndefined();
  expect(nameOf([`{"name": "store", "x-y": "\${COMPOSE_PROJECT_NAME}"}`])).toBeUndefined();
});
