import { geardOf } from '../support/geard.ts';
import { foreignCases } from './foreign-cases.ts';

await foreignCases('geard', (files) => geardOf(Object.values(files)[0] ?? ''));
