import { withDatabase } from '@tollgate/metering/cli'
import { deleteUser, ownedAlone, readConfig } from '@tollgate/server'
import { defineCommand } from 'citty'

/** Deletes a person on request; a running server removes the rest within a minute. */
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
    const { databaseUrl } = readConfig()
    const problem = await withDatabase(
      databaseUrl === undefined ? {} : { 'database-url': databaseUrl },
      async (database) => {
        const [user] = await database.query<{ id: string; customerId: string }>({
          text: 'select id, "customerId" from auth_user where lower(email) = lower($1)',
          values: [args.email],
        })
        if (!user) return 'There is no user with this address.'
        const organizations = await ownedAlone(database, user.id)
        if (organizations.length > 0) return `Only owner of ${organizations.join(', ')}.`
        if (!args.yes) return `This deletes customer ${user.customerId}. Repeat with --yes.`
        await deleteUser(database, user.id)
        process.stdout.write(`Deleted. Customer ${user.customerId} is being erased.\n`)
        return null
      },
    )
    if (problem === null) return
    process.stderr.write(`${problem}\n`)
    process.exitCode = 1
  },
})
