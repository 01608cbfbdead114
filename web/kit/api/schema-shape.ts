// Stands in for typebox in the browser (vite.config.ts): contracts there need paths and types, not validators, and typebox weighs 10 kB.
// A schema is its plain shape, so that a page may still read `properties` or `maxLength`, and base/shape.ts check a rubric that is being written.
// The server's checks are the ones that count.

type Shape = Record<string, unknown>
type Maker = (...args: never[]) => Shape

const makers: Record<string, Maker> = {
  Object: (properties: Record<string, Shape>, options?: Shape) => ({
    type: 'object',
    properties,
    required: Object.keys(properties).filter((key) => properties[key]?.optional !== true),
    ...options,
  }),
  Array: (items: Shape, options?: Shape) => ({ type: 'array', items, ...options }),
  Union: (anyOf: Shape[], options?: Shape) => ({ anyOf, ...options }),
  Literal: (value: unknown, options?: Shape) => ({ const: value, ...options }),
  Optional: (shape: Shape) => ({ ...shape, optional: true }),
  Unsafe: (shape: Shape) => shape,
  Record: (_key: Shape, value: Shape, options?: Shape) => ({ type: 'object', patternProperties: { '': value }, ...options }),
  Ref: (name: string, options?: Shape) => ({ $ref: name, ...options }),
}

/** `Type.String({maxLength: 5})` → `{type: 'string', maxLength: 5}`; kinds without a maker of their own keep their name. */
export const Type = new Proxy(makers, {
  get: (known, kind: string): Maker =>
    known[kind] ?? ((options?: Shape) => ({ type: kind.toLowerCase(), ...(typeof options === 'object' && !Array.isArray(options) ? options : {}) })),
})
