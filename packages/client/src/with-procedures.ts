import { createTRPCClientProxy } from '@trpc/client'
import { billingErrorOf } from './billing-error-of.ts'
import { pathOf } from './router/path-of.ts'
import { submit } from './submit.ts'
import type { TollgateCore } from './tollgate-core.ts'

/** Adds the router's typed procedures to a core. */
export function withProcedures(core: TollgateCore): object {
  return {
    ...core,
    client: createTRPCClientProxy(core.untyped),
    submit: (
      select: (api: object) => unknown,
      input: unknown,
      options?: { signal?: AbortSignal },
    ) => submit(core, { ...options, path: pathOf(select), input }),
    billingErrorOf,
  }
}
