/** Any Standard Schema: zod from 3.24 on, valibot, arktype and others. */
export interface Schema<Input = unknown, Output = unknown> {
  readonly '~standard': {
    readonly version: 1
    readonly vendor: string
    readonly validate: (value: unknown) => Validated<Output> | Promise<Validated<Output>>
    readonly types?: { readonly input: Input; readonly output: Output } | undefined
  }
}

/** The input type of a schema. */
export type InputOf<S> = S extends Schema<infer Input, unknown> ? Input : never
/** The output type of a schema. */
export type OutputOf<S> = S extends Schema<unknown, infer Output> ? Output : never

/** The result of validating a value. */
export type Validated<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly SchemaIssue[] }

type SchemaIssue = {
  readonly message: string
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined
}

/** What is wrong with a value, in one sentence per issue. */
export function describeIssues(issues: readonly SchemaIssue[]): string {
  return issues
    .map(({ message, path = [] }) => {
      const at = path.map((step) => String(typeof step === 'object' ? step.key : step)).join('.')
      return at === '' ? message : `${at}: ${message}`
    })
    .join('; ')
}
