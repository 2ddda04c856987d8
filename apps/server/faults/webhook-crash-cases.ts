import { setTimeout as delay } from 'node:timers/promises'
import type { Cut } from '@tollgate/testing/faults'
import type { CrashCase, CrashScene } from './crash-scene.ts'
import { untilNoRows } from './until-no-rows.ts'

const SECRET = `whsec_${Buffer.alloc(24, 7).toString('base64')}`
const WEBHOOKS = { FLOWGLAD_WEBHOOK_SECRET: SECRET }
const GIFT = 7
const PUSHED_MS_MAX = 60_000
const DEATH_MS_MAX = 60_000

/**
 * The points at which a server is killed while it handles the backend's webhook. No client reads the balance meanwhile, so only the webhook
 * can update it.
 */
export const WEBHOOK_CRASH_CASES: readonly CrashCase[] = [
  {
    label: 'CP23',
    what: 'a webhook is verified, not recorded',
    ...webhookThenKill('insert into flowglad_event', 'before'),
  },
  {
    label: 'CP23b',
    what: 'a webhook is recorded, not acknowledged',
    ...webhookThenKill('insert into flowglad_event', 'acknowledgement'),
  },
  {
    label: 'CP23c',
    what: 'a webhook is answered, its customer being read',
    ...webhookThenKill('metering.apply_sync(', 'before'),
  },
]

function webhookThenKill(
  statement: string,
  at: Cut['at'],
): Pick<CrashCase, 'environment' | 'arm' | 'play' | 'proof'> {
  return {
    environment: WEBHOOKS,
    async arm({ testbed, victim }) {
      await testbed.billing.query({
        text: LISTEN,
        values: [`${victim.process.url}/api/webhooks/flowglad`, SECRET],
      })
      const { strike } = victim.process
      victim.postgres.decide(({ text }) => (text.includes(statement) ? { at, strike } : null))
    },
    play: giveCredits,
    proof: creditsArrive,
  }
}

/** An operator grants the guest credits in the billing console. */
async function giveCredits({ testbed, guest, victim }: CrashScene): Promise<void> {
  const { url, apiKey } = testbed.backend
  const answer = await fetch(`${url}/api/v1/customers/${guest.customerId}/grants`, {
    method: 'POST',
    headers: { authorization: apiKey, 'content-type': 'application/json' },
    body: JSON.stringify({
      grant: { usageMeterSlug: 'api_calls', amount: GIFT, name: 'a gift' },
    }),
  })
  if (!answer.ok) throw new Error(`Nothing was given: ${answer.status} ${await answer.text()}`)
  await Promise.race([victim.process.ended, delay(DEATH_MS_MAX)])
}

/** The victim is restarted, and the granted credits arrive although no client reads the balance. */
async function creditsArrive(scene: CrashScene): Promise<string | null> {
  const { testbed, victim, guest } = scene
  victim.postgres.decide(() => null)
  await testbed.restart(victim, { environment: WEBHOOKS })
  // The sender's retry delays are tested elsewhere.
  await testbed.billing.query({ text: SEND_AGAIN_NOW })
  const values = [guest.customerId, GIFT]
  const after = await untilNoRows(testbed.tollgate, WITHOUT_GIFT, {
    values,
    withinMs: PUSHED_MS_MAX,
  })
  await testbed.billing.query({ text: 'update webhook_endpoint set active = false' })
  // Every case starts with the victim down.
  await victim.process.kill()
  return after === null ? `${GIFT} credits given did not arrive in ${PUSHED_MS_MAX} ms` : null
}

const LISTEN = `
  insert into webhook_endpoint (organization_id, id, url, secret, event_types, created_at)
  select id, 'we_victim', $1, $2, '{subscription.updated}', 0 from organization
  on conflict (organization_id, id) do update set url = excluded.url, active = true`

const SEND_AGAIN_NOW = `update webhook_delivery set next_attempt_at = 0 where status = 'pending'`

const WITHOUT_GIFT = `
  select 1 from metering.account
  where customer_id = $1 and meter = 'api_calls' and granted < 100 + $2::bigint`
