import { defineCommand, runMain } from 'citty'
import {
  backlogCommand,
  inspectCommand,
  releaseCommand,
  replayCommand,
} from './cli/operator-commands.ts'
import { verifyCommand } from './cli/verify-command.ts'

await runMain(
  defineCommand({
    meta: { name: 'billing:admin', description: "The operator's commands for the books." },
    subCommands: {
      verify: verifyCommand,
      inspect: inspectCommand,
      release: releaseCommand,
      replay: replayCommand,
      backlog: backlogCommand,
    },
  }),
)
