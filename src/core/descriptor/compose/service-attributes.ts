import { type Attribute, kept } from './attribute.ts';
import { contentAttributes } from './content-attributes.ts';
import { environmentAttributes } from './environment-attributes.ts';
import { imageAttributes } from './image-attributes.ts';
import { networkAttributes } from './network-attributes.ts';
import { plainAttributes } from './plain-attributes.ts';
import { portAttributes } from './port-attributes.ts';
import { relationAttributes } from './relation-attributes.ts';
import { resourceAttributes } from './resource-attributes.ts';
import { deployAttributes, runningAttributes } from './running-attributes.ts';
import { volumeAttributes } from './volume-attributes.ts';

/** What is read before the services are: it decides what they are. */
const before = (): void => undefined;

/** Every attribute of a service, in the order in which they are read: what others build on comes first. */
export const serviceAttributes: readonly Attribute[] = [
  kept('extends', '', before, 'another service, also of another file'),
  kept('profiles', '', before, 'a service runs when COMPOSE_PROFILES names one of its profiles'),
  ...imageAttributes,
  ...deployAttributes,
  ...environmentAttributes,
  ...plainAttributes,
  ...resourceAttributes,
  ...portAttributes,
  ...volumeAttributes,
  ...networkAttributes,
  ...runningAttributes,
  ...relationAttributes,
  ...contentAttributes,
];
