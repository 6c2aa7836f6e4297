import { expect, test } from 'vitest';
import { appNetworkName, type AppRequest } from '../../../../src/core/model/app.ts';
import type { NetworkRequest } from '../../../../src/core/model/network.ts';
import { timerUnitName } from '../../../../src/core/model/unit-names.ts';

test('the network of an app has the name that Compose gives it, so that what is there is found', () => {
  const network: NetworkRequest = { name: appNetworkName('shop'), spec: {} };
  const app: AppRequest = {
    app: 'shop',
    source: 'shop.yaml',
    containers: [],
    networks: [network],
    volumes: [],
  };
  expect(app.networks.map(({ name }) => name)).toEqual(['shop_default']);
});

test('a timer has the name of the service that it starts', () => {
  expect(timerUnitName('shop.backup')).toBe('ctr-shop.backup.timer');
});
