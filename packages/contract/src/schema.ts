import { z } from 'zod'
import { isOperationKey } from './ids.ts'

export { billingActionsSchema, billingErrorSchemas } from './billing-error-schemas.ts'
export { instantSchema } from './instant-schema.ts'

/** The slugs of a record of a catalog, such as `catalog.prices`. */
export function slugSchema(known: object) {
  return z.string().refine((value) => Object.hasOwn(known, value), 'not in the catalog')
}

/** An operation key as a client may send it. */
export const operationKeySchema = z.string().refine(isOperationKey, '16–64 of A-Z a-z 0-9 _ -')
