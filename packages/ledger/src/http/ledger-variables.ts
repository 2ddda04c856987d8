import type { RequestEnv } from '@tollgate/http'

/** The bindings and variables of a request. */
export type LedgerVariables = {
  Bindings: Partial<RequestEnv>
  Variables: { requestId: string; organizationId: string; devPanelUrl: string | undefined }
}
