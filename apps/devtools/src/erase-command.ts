import { customerId } from '@tollgate/contract'
import { withDatabase } from '@tollgate/metering/cli'
import { createAccountService, readConfig } from '@tollgate/server'
import { defineCommand } from 'citty'
import { EraseRefusedError } from './erase-refused-error.ts'
import { openBackend } from './open-backend.ts'

/** Deletes a user on request, unless the Studio would refuse that too; a running server erases the rest within a minute. */
export const eraseCommand = defineCommand({
  meta: {
    name: 'erase',
    description: 'Delete a user for good: it cannot be undone, and lasting credits are lost.',
  },
  args: {
    email: {
      type: 'positional',
      required: true,
      description: 'The address the user signs in with.',
    },
    yes: { type: 'boolean', default: false, description: 'Really delete.' },
  },
  async run({ args }) {
    try {
      const id = await erase(args)
      process.stdout.write(`Deleted. Customer ${id} is being erased.\n`)
    } catch (error) {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
      process.exitCode = 1
    }
  },
})

/** Returns the customer that was deleted; throws what prevented it. */
async function erase({ email, yes }: { email: string; yes: boolean }): Promise<string> {
  const config = readConfig()
  const { databaseUrl } = config
  const location = databaseUrl === undefined ? {} : { 'database-url': databaseUrl }
  return withDatabase(location, async (database) => {
    const [user] = await database.query<User>({
      text: 'select id, name, email, "customerId" from auth_user where lower(email) = lower($1)',
      values: [email],
    })
    if (!user) throw new Error('There is no user with this address.')
    // Servers drop a cached caller within seconds.
    const service = { database, backend: openBackend(config), onDeleted() {} }
    const accounts = createAccountService(service)
    const customer = {
      customerId: customerId(user.customerId),
      name: user.name,
      email: user.email,
    }
    const owner = { customer, userId: user.id, organizationId: null }
    const found = await (yes ? accounts.delete(owner) : accounts.deletion(owner))
    if (found.blockedBy !== null) throw new EraseRefusedError(found.blockedBy, found)
    if (!yes) throw new Error(`This deletes customer ${user.customerId}. Repeat with --yes.`)
    return user.customerId
  })
}

type User = { id: string; name: string; email: string; customerId: string }
