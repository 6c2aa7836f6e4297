const factors: Readonly<Record<string, number>> = {
  ...{ m: 1e-3, '': 1, k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15 },
  ...{ Ki: 1024, Mi: 1024 ** 2, Gi: 1024 ** 3, Ti: 1024 ** 4, Pi: 1024 ** 5 },
};

/** A quantity such as 500m, 128Mi or 1e3 as a number; undefined for what is none (Kubernetes API, Quantity). */
export function parseQuantity(text: string): number | undefined {
  const [, number = '', exponent = '', suffix = ''] =
    /^(\d+(?:\.\d*)?|\.\d+)(e[+-]?\d{1,2})?(m|k|M|G|T|P|Ki|Mi|Gi|Ti|Pi)?$/.exec(text) ?? [];
  const factor = factors[suffix];
  const value = Number(`${number}${exponent}`) * (factor ?? Number.NaN);
  return number === '' || !Number.isFinite(value) ? undefined : value;
}
