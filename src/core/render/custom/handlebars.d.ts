// The package declares types for its main module alone, which this one is a part of.
declare module 'handlebars/dist/cjs/handlebars.js' {
  import type Handlebars from 'handlebars';
  const handlebars: typeof Handlebars;
  export = handlebars;
}
