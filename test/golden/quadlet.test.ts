import { quadletOf } from '../support/quadlet.ts';
import { foreignCases } from './foreign-cases.ts';

await foreignCases('quadlet', (files) => quadletOf(files));
