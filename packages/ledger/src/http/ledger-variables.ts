import type { RequestEnv } from '@tollgate/http'

/** What a request carries on its way. */
export type LedgerVariables = {
  Bindings: Partial<RequestEnv>
  Variables: { requestId: string; organizationId: string; devPanelUrl: string | undefined }
}
