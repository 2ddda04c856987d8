import {
  BALANCE_HEADER,
  OPERATION_ID_HEADER,
  OPERATION_KEY_HEADER,
  RECEIPT_HEADER,
  REPLAYED_HEADER,
} from '@tollgate/contract'
import type { PriceDescription } from '@tollgate/trpc'
import { answerSchema, inputSchema } from './answer-schema.ts'
import type { ListedProcedure } from './read-procedures.ts'
import { refusalResponses } from './refusals.ts'

/** A billed procedure as an operation: its price, the required key, its answer and every refusal. */
export function describeBilled({
  path,
  billing,
  input,
  output,
}: ListedProcedure & { billing: PriceDescription }) {
  return {
    operationId: path.replaceAll('.', '_'),
    tags: ['Billed calls'],
    summary: `Costs ${billing.charges.map(costOf).join(', ')}`,
    parameters: [
      {
        name: OPERATION_KEY_HEADER,
        in: 'header',
        required: true,
        description: 'One per click, the same on every retry of it.',
        schema: { type: 'string', pattern: '^[A-Za-z0-9_-]{16,64}$' },
      },
    ],
    requestBody: {
      required: true,
      content: {
        'application/json': { schema: inputSchema(input), example: billing.example },
      },
    },
    responses: {
      '200': {
        description: 'Done and charged once; a stored answer when it was done before.',
        headers: {
          [OPERATION_ID_HEADER]: { schema: { type: 'string' } },
          [REPLAYED_HEADER]: { schema: { const: 'true' } },
          [BALANCE_HEADER]: { schema: { type: 'string' } },
          [RECEIPT_HEADER]: { schema: { type: 'string' } },
        },
        content: { 'application/json': { schema: answerSchema(output) } },
      },
      ...refusalResponses(),
    },
  }
}

function costOf({ meter, amount }: PriceDescription['charges'][number]): string {
  return amount === null ? `${meter} as used` : `${amount} ${meter}`
}
