import type { CustomerId } from '@tollgate/contract'
import type { Database } from '@tollgate/database'

/** A prompt is closed once per threshold and period; beyond this number the oldest are irrelevant. */
const KEPT_MAX = 200

/** Ids of the upgrade prompts that a customer closed. */
export async function readDismissedPrompts(
  database: Database,
  customerId: CustomerId,
): Promise<string[]> {
  const rows = await database.query<{ id: string }>({
    name: 'read-dismissed-prompts',
    text: `select prompt_id as id from alert_dismissed_prompt where customer_id = $1 order by dismissed_at desc limit $2`,
    values: [customerId, KEPT_MAX],
  })
  return rows.map(({ id }) => id)
}

/** Records that a customer closed a prompt, and deletes the oldest beyond the maximum. */
export async function dismissPrompt(
  database: Database,
  customerId: CustomerId,
  promptId: string,
): Promise<void> {
  await database.query({
    name: 'dismiss-prompt',
    text: `insert into alert_dismissed_prompt (customer_id, prompt_id) values ($1, $2) on conflict do nothing`,
    values: [customerId, promptId],
  })
  await database.query({
    name: 'forget-dismissed-prompts',
    text: `delete from alert_dismissed_prompt where customer_id = $1 and prompt_id in (
             select prompt_id from alert_dismissed_prompt where customer_id = $1 order by dismissed_at desc, prompt_id offset $2)`,
    values: [customerId, KEPT_MAX],
  })
}
