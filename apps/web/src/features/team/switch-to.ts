import { organizationRequest } from './organization-request.ts'
import { announceSwitch } from './switch-signal.ts'

/** Switches to an organization, or to the personal account with null, and reloads: nothing in memory belongs to the other customer. */
export async function switchTo(organizationId: string | null, page = '/'): Promise<void> {
  await organizationRequest({ path: 'set-active', body: { organizationId } })
  announceSwitch()
  location.assign(page)
}
