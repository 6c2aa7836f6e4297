/** What a guard runs when its lab's owner is dead: `take-down.ts LAB ID`. */
import { takeDown } from './destroy.ts';

const [lab, id] = process.argv.slice(2);
if (lab === undefined || id === undefined) throw new Error('usage: take-down.ts LAB ID');
await takeDown(lab, id);
