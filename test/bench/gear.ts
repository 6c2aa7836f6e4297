/** gear on a measured host: what `npm pack` makes. */
export const gearFolder = '/opt/gear';

export const gear = `${gearFolder}/bin/run.cjs`;
