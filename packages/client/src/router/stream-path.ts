import type { AnyRouter } from '@trpc/server'

/** The paths of a router's streaming procedures: "summarize", "text.summarize". */
export type StreamPath<Router extends AnyRouter> = PathsIn<Router['_def']['record'], StreamShape>

/** The paths of a router's procedures that cost credits. */
export type BilledPath<Router extends AnyRouter> = PathsIn<Router['_def']['record'], BilledShape>

interface StreamShape {
  _def: { type: 'query' | 'mutation'; $types: { output: AsyncIterable<unknown> } }
}

interface BilledShape {
  meta: { billing: { charges: unknown } }
}

type PathsIn<Procedures, Shape> = string extends keyof Procedures
  ? string
  : {
      [Name in keyof Procedures & string]: Procedures[Name] extends Shape
        ? IsAny<Procedures[Name]> extends true
          ? never
          : Name
        : Procedures[Name] extends { _def: object }
          ? never
          : `${Name}.${PathsIn<Procedures[Name], Shape>}`
    }[keyof Procedures & string]

/** Whether an answer has no known type, which would match everything. */
type IsAny<Procedure> = Procedure extends { _def: { $types: { output: infer Output } } }
  ? 0 extends 1 & Output
    ? true
    : false
  : false
