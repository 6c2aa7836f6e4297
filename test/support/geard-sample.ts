/** A deployment with every key that gear knows. */
export const geardSample = {
  Containers: [
    {
      Name: 'web',
      Image: 'web:1',
      Count: 1,
      PublicPorts: [{ Internal: 8080, External: 4343 }, { Internal: 8081 }],
      Links: [{ To: 'db', Ports: [5432], AliasPorts: [1], NonLocal: true, MatchPort: true }],
      Environment: [{ Name: 'A', Value: 'b' }],
      Affinity: 'x',
    },
    { Name: 'db', Image: 'db:1', Count: 1 },
  ],
  Instances: [
    {
      Id: 'web-1',
      Image: 'web:1',
      From: 'web',
      On: 'localhost',
      Ports: [{ Internal: 8081, External: 4000, Target: '127.0.0.1:1' }],
      Environment: [{ Name: 'A', Value: 'b' }],
      Links: [{ To: 'db' }],
    },
  ],
  IdPrefix: 'shop-',
  RandomizeIds: true,
};
