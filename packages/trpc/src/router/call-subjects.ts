import type { CallSubject } from '@tollgate/contract'
import { z } from 'zod'

const callSubject: z.ZodType<CallSubject> = z.object({
  kind: z.enum(['member', 'key', 'run']),
  id: z.string(),
})

/** Who a call was made by or for. */
export const callSubjects = z
  .array(callSubject)
  .describe('The member, API key and runs that the call was made by or for')
