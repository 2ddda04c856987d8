import { catalog } from '@tollgate/contract/catalog'
import { hotPathSettings, openDatabase } from '@tollgate/database'
import { createMetering } from '../src/create-metering.ts'
import { createFakeBackend } from '@tollgate/testing/fake-backend'
import { callLimited, LIMITED_POLICY, WELCOME } from './limited-call.ts'

/** Makes limited calls until it is killed; its argument is the database URL. */
const [, , url = ''] = process.argv
const AT_ONCE = 40

const metering = createMetering({
  database: openDatabase({ url, maxConnections: 4, settings: { ...hotPathSettings } }),
  backend: createFakeBackend({ welcome: WELCOME }),
  catalog,
  secret: 'a secret of at least thirty-two characters',
  policy: LIMITED_POLICY,
})
process.stdout.write('started\n')
await Promise.all(
  Array.from({ length: AT_ONCE }, async (_, n) => {
    for (;;) await callLimited(metering, n).catch(() => null)
  }),
)
