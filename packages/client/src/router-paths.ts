import type { AppRouter } from '@tollgate/api'
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server'

/** What each procedure of the product takes, by name. */
export type Inputs = inferRouterInputs<AppRouter>
/** What each procedure of the product answers, by name. */
export type Outputs = inferRouterOutputs<AppRouter>

/** The path of every mutation: "images.generate". */
export type MutationPath = PathsOf<AppRouter['_def']['record'], 'mutation'>

type PathsOf<Procedures, Type extends string> = {
  [Name in keyof Procedures & string]: Procedures[Name] extends { _def: { type: infer Kind } }
    ? Kind extends Type
      ? Name
      : never
    : `${Name}.${PathsOf<Procedures[Name], Type>}`
}[keyof Procedures & string]

/** What the mutation at a path answers. */
export type MutationOutput<Path extends MutationPath> = Path extends `${infer Group}.${infer Name}`
  ? Group extends keyof Outputs
    ? Name extends keyof Outputs[Group]
      ? Outputs[Group][Name]
      : never
    : never
  : never
