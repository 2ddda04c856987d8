import { organizationRequest } from './organization-request.ts'
import { announceSwitch } from './switch-signal.ts'

/** Acts for an organization, or for one's own account with null, on a fresh page: nothing this one holds belongs to the other customer. */
export async function switchTo(organizationId: string | null, page = '/'): Promise<void> {
  await organizationRequest({ path: 'set-active', body: { organizationId } })
  announceSwitch()
  location.assign(page)
}
