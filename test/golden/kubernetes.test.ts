import { kubernetesOf } from '../support/kubernetes.ts';
import { foreignCases } from './foreign-cases.ts';

await foreignCases('kubernetes', kubernetesOf);
