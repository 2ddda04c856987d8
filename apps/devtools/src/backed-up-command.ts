import { readConfig, recordBackup } from '@tollgate/server'
import { defineCommand } from 'citty'

/** Records that the installation was backed up, which the doctor checks. */
export const backedUpCommand = defineCommand({
  meta: {
    name: 'backed-up',
    description:
      'Record that both databases and the secrets were backed up; the doctor asks for it.',
  },
  args: {
    at: { type: 'string', description: 'When the backup began, ISO 8601; now unless it is given.' },
  },
  run({ args }) {
    const takenAt = args.at === undefined ? new Date() : new Date(args.at)
    if (Number.isNaN(takenAt.getTime()) || takenAt.getTime() > Date.now()) {
      process.stderr.write(`--at ${args.at} is not an ISO 8601 time in the past.\n`)
      process.exitCode = 1
      return
    }
    recordBackup(readConfig().dataDirectory, takenAt)
    process.stdout.write(`Recorded a backup of ${takenAt.toISOString()}.\n`)
  },
})
