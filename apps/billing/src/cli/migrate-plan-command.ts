import { z } from 'zod'
import type { Backend } from './backend.ts'
import { defineBillingCommand } from './define-billing-command.ts'
import { textTable } from './text-table.ts'

const page = z.object({
  data: z.array(
    z.object({
      customerExternalId: z.string(),
      subscriptionId: z.string(),
      outcome: z.enum(['would_change', 'changed', 'unpaid']),
      gains: z.array(
        z.object({
          featureSlug: z.string(),
          usageMeterSlug: z.string().nullable(),
          amountBefore: z.number().nullable(),
          amountAfter: z.number().nullable(),
        }),
      ),
    }),
  ),
  examined: z.number(),
  nextCursor: z.string().nullable(),
})

type Subscription = z.output<typeof page>['data'][number]

/** `billing plan migrate <plan>` */
export const migratePlanCommand = defineBillingCommand({
  name: 'migrate',
  description:
    'Give existing subscriptions of a plan what it has gained: new features now, higher amounts from the next period',
  args: {
    plan: { type: 'positional', required: true, description: 'The slug of the plan’s product' },
    apply: { type: 'boolean', description: 'Make the changes; without it they are only listed' },
  },
  async run(backend, { plan, apply }) {
    const applied = apply === true
    const { examined, subscriptions } = await migrate(backend, {
      productSlug: plan,
      apply: applied,
    })
    const summary = summarize({ applied, examined, plan, subscriptions })
    return {
      data: { applied, examined, subscriptions },
      text: subscriptions.length === 0 ? summary : `${tableOf(subscriptions)}\n\n${summary}`,
    }
  },
})

async function migrate(backend: Backend, migration: { productSlug: string; apply: boolean }) {
  const subscriptions: Subscription[] = []
  let examined = 0
  let cursor: string | undefined
  do {
    const body = { migration: { ...migration, cursor } }
    const answer = await backend.post('/plan-migrations', body, page)
    subscriptions.push(...answer.data)
    examined += answer.examined
    cursor = answer.nextCursor ?? undefined
  } while (cursor !== undefined)
  return { examined, subscriptions }
}

function tableOf(subscriptions: readonly Subscription[]): string {
  return textTable(
    ['CUSTOMER', 'FEATURE', 'METER', 'BEFORE', 'AFTER', 'OUTCOME'],
    subscriptions.flatMap(({ customerExternalId, outcome, gains }) =>
      gains.map(({ featureSlug, usageMeterSlug, amountBefore, amountAfter }) => [
        customerExternalId,
        featureSlug,
        usageMeterSlug ?? '-',
        amountBefore?.toLocaleString('en-US') ?? '-',
        amountAfter?.toLocaleString('en-US') ?? 'on',
        outcome.replace('_', ' '),
      ]),
    ),
  )
}

function summarize(run: {
  applied: boolean
  examined: number
  plan: string
  subscriptions: readonly Subscription[]
}): string {
  const unpaid = run.subscriptions.filter(({ outcome }) => outcome === 'unpaid').length
  const count = run.subscriptions.length - unpaid
  const said = [
    `${count} of ${run.examined} subscriptions of ${run.plan} ${run.applied ? 'changed' : 'would change'}.`,
  ]
  if (unpaid > 0) said.push(`${unpaid} left alone until their period is paid; run this again then.`)
  if (!run.applied && count > 0) said.push('Nothing was changed; add --apply to do it.')
  return said.join(' ')
}
