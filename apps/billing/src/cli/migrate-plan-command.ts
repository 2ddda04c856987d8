import { type MigratedSubscription, planMigrationSchema } from '@tollgate/ledger/operator'
import type { Backend } from './backend.ts'
import { defineBillingCommand } from './define-billing-command.ts'
import { textTable } from './text-table.ts'

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
  const subscriptions: MigratedSubscription[] = []
  let examined = 0
  let cursor: string | undefined
  do {
    const body = { migration: { ...migration, cursor } }
    const answer = await backend.post('/plan-migrations', body, planMigrationSchema)
    subscriptions.push(...answer.data)
    examined += answer.examined
    cursor = answer.nextCursor ?? undefined
  } while (cursor !== undefined)
  return { examined, subscriptions }
}

function tableOf(subscriptions: readonly MigratedSubscription[]): string {
  const gained = subscriptions.flatMap(({ gains, ...subscription }) =>
    gains.map((gain) => ({ ...subscription, ...gain })),
  )
  return textTable(gained, {
    CUSTOMER: ({ customerExternalId }) => customerExternalId,
    FEATURE: ({ featureSlug }) => featureSlug,
    METER: ({ usageMeterSlug }) => usageMeterSlug ?? '-',
    BEFORE: ({ amountBefore }) => amountBefore?.toLocaleString('en-US') ?? '-',
    AFTER: ({ amountAfter }) => amountAfter?.toLocaleString('en-US') ?? 'on',
    OUTCOME: ({ outcome }) => outcome.replace('_', ' '),
  })
}

function summarize(run: {
  applied: boolean
  examined: number
  plan: string
  subscriptions: readonly MigratedSubscription[]
}): string {
  const unpaid = run.subscriptions.filter(({ outcome }) => outcome === 'unpaid').length
  const count = run.subscriptions.length - unpaid
  const sentences = [
    `${count} of ${run.examined} subscriptions of ${run.plan} ${run.applied ? 'changed' : 'would change'}.`,
  ]
  if (unpaid > 0)
    sentences.push(`${unpaid} left alone until their period is paid; run this again then.`)
  if (!run.applied && count > 0) sentences.push('Nothing was changed; add --apply to do it.')
  return sentences.join(' ')
}
