import { quadletAppOf } from '../support/quadlet.ts';
import { foreignCases } from './foreign-cases.ts';

await foreignCases('quadlet', (files) => quadletAppOf(files));
