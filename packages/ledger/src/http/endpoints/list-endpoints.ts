import { LIST_SOURCES } from '../list-sources.ts'
import { readPage } from '../../core/read-page.ts'
import { endpoint } from '../endpoint.ts'
import { page } from '../fields.ts'

/** What is listed by page, newest first. */
export const LIST_ENDPOINTS = Object.entries(LIST_SOURCES).map(([name, source]) =>
  endpoint({
    method: 'get',
    path: `/${name}`,
    summary: `List ${name.replaceAll('-', ' ')}, newest first`,
    query: page,
    handle: ({ ledger, organizationId, query }) =>
      readPage(ledger.database, source, { organizationId, ...query }),
  }),
)
