import { defineCommand, runMain } from 'citty'
import {
  backlogCommand,
  inspectCommand,
  releaseCommand,
  replayCommand,
  setAsideCommand,
} from './cli/operator-commands.ts'
import { verifyCommand } from './cli/verify-command.ts'

await runMain(
  defineCommand({
    meta: { name: 'billing:admin', description: "The operator's commands for the books." },
    subCommands: {
      verify: verifyCommand,
      inspect: inspectCommand,
      release: releaseCommand,
      'set-aside': setAsideCommand,
      replay: replayCommand,
      backlog: backlogCommand,
    },
  }),
)
